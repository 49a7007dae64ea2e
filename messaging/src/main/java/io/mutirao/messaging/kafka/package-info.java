/**
 * Kafka as this project uses it: clients with the settings that the promises need, topics as they
 * must be, messages as records. Start with {@link io.mutirao.messaging.kafka.Records}. No
 * consumption loops here: those are in {@code lane} or in the service.
 */
@NullMarked
package io.mutirao.messaging.kafka;

import org.jspecify.annotations.NullMarked;
