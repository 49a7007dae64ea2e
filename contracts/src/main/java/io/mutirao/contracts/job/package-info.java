/**
 * Job definitions: the commands that change them, the events that tell of it, the view that a query
 * answers with. A dialect's own settings travel inside, unread.
 */
@NullMarked
package io.mutirao.contracts.job;

import org.jspecify.annotations.NullMarked;
