/**
 * Sends what was announced until it is sent or given up. Start with {@link
 * io.mutirao.notifier.delivery.Sender}; when a try follows is decided in {@link
 * io.mutirao.notifier.delivery.Retry}. How a message is written does not belong here.
 */
@NullMarked
package io.mutirao.notifier.delivery;

import org.jspecify.annotations.NullMarked;
