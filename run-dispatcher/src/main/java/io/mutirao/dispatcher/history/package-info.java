/**
 * Runs as others may see them, over HTTP. Reads only. Start with {@link
 * io.mutirao.dispatcher.history.RunResource}.
 */
@NullMarked
package io.mutirao.dispatcher.history;

import org.jspecify.annotations.NullMarked;
