/**
 * Jobs: commands in, definitions and events out, queries over HTTP. Start with {@link
 * io.mutirao.registry.job.JobConsumer}; what a command does is decided in {@link
 * io.mutirao.registry.job.JobDecision}. No dialect's words, and no decision in the SQL.
 */
@NullMarked
package io.mutirao.registry.job;

import org.jspecify.annotations.NullMarked;
