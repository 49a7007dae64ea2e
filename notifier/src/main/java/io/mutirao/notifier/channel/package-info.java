/**
 * How a notice is written and handed over: mail, signed webhooks, and what Slack, Teams and
 * PagerDuty understand. Start with {@link io.mutirao.notifier.channel.Channels}. Nothing here tries
 * twice.
 */
@NullMarked
package io.mutirao.notifier.channel;

import org.jspecify.annotations.NullMarked;
