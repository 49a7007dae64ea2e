/**
 * Reads every event, remembers who hears of which run, and writes down what is to be sent. Start
 * with {@link io.mutirao.notifier.subscription.EventConsumer}. Nothing is sent from here.
 */
@NullMarked
package io.mutirao.notifier.subscription;

import org.jspecify.annotations.NullMarked;
