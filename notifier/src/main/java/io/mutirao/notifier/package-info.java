/**
 * Turns run events into messages to people: mail and webhooks for subscribers come here, in {@code
 * subscription}, {@code delivery} and {@code channel}. Until then it reads every event once and
 * counts. Start with {@link io.mutirao.notifier.RunEventConsumer}; nothing here changes a run.
 */
@NullMarked
package io.mutirao.notifier;

import org.jspecify.annotations.NullMarked;
