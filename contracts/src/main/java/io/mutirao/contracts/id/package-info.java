/**
 * Ids as types, and the lane that each id carries. Start with {@link
 * io.mutirao.contracts.id.Lanes}. Nothing here knows a topic or a message.
 */
@NullMarked
package io.mutirao.contracts.id;

import org.jspecify.annotations.NullMarked;
