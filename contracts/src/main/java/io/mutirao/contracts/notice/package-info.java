/**
 * Notification destinations and deliveries, as the notifier shows them and takes orders for them.
 * Start with {@link io.mutirao.contracts.notice.DeliveryView}. No secret is ever in a view.
 */
@NullMarked
package io.mutirao.contracts.notice;

import org.jspecify.annotations.NullMarked;
