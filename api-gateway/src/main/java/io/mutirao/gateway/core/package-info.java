/**
 * What a dialect may ask for, and what can go wrong. Start with {@link
 * io.mutirao.gateway.core.Runs}; {@link io.mutirao.gateway.core.Problem} lists every expected
 * failure once. No HTTP, no Kafka, and no dialect's words.
 */
@NullMarked
package io.mutirao.gateway.core;

import org.jspecify.annotations.NullMarked;
