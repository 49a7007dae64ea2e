/**
 * Topics, the one codec, and the rule that ties a message to its lane. Start with {@link
 * io.mutirao.contracts.topic.Topics}. Nothing here talks to Kafka.
 */
@NullMarked
package io.mutirao.contracts.topic;

import org.jspecify.annotations.NullMarked;
