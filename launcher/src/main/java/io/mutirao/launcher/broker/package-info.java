/**
 * The embedded Kafka broker, a process of its own.
 *
 * <p>Start at {@link io.mutirao.launcher.broker.Broker}. No topic of ours is made here: the
 * services that own them do.
 */
@NullMarked
package io.mutirao.launcher.broker;

import org.jspecify.annotations.NullMarked;
