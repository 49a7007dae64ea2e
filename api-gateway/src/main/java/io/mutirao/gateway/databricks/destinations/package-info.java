/**
 * {@code /api/2.0/notification-destinations}. Start with {@link
 * io.mutirao.gateway.databricks.destinations.DestinationsResource}. What is sent there is the
 * notifier's.
 */
@NullMarked
package io.mutirao.gateway.databricks.destinations;

import org.jspecify.annotations.NullMarked;
