/**
 * Turns events into messages to people: {@code subscription} reads who hears of what, {@code
 * notice} decides what is told, {@code delivery} sends it until it is sent or given up, {@code
 * channel} knows mail, webhooks and the others, {@code destination} keeps where they go. Nothing
 * here changes a run.
 */
@NullMarked
package io.mutirao.notifier;

import org.jspecify.annotations.NullMarked;
