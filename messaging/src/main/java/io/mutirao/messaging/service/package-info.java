/**
 * Messaging as beans of a service: typed configuration, Kafka clients, and the lanes' start, stop
 * and health wherever a service has a {@link io.mutirao.messaging.lane.LaneHandler}. Start with
 * {@link io.mutirao.messaging.service.MessagingConfig}. No logic here.
 */
@NullMarked
package io.mutirao.messaging.service;

import org.jspecify.annotations.NullMarked;
