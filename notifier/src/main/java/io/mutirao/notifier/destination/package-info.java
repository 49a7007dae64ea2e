/**
 * Notification destinations: where messages may go besides addresses. Start with {@link
 * io.mutirao.notifier.destination.DestinationStore}. Their secrets leave only towards the target.
 */
@NullMarked
package io.mutirao.notifier.destination;

import org.jspecify.annotations.NullMarked;
