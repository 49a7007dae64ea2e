/**
 * What a run may go through: a pure state machine. Start with {@link
 * io.mutirao.dispatcher.lifecycle.Lifecycle}. No clock, no database, no messages here.
 */
@NullMarked
package io.mutirao.dispatcher.lifecycle;

import org.jspecify.annotations.NullMarked;
