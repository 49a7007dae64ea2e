/**
 * The Databricks Jobs API. Start with {@link io.mutirao.gateway.databricks.JobsResource}; {@code
 * *Wire} is what goes out, {@code *Mapping} translates, {@link
 * io.mutirao.gateway.databricks.DatabricksErrors} says what went wrong. No other dialect, no Kafka,
 * and nothing that decides what a run may do.
 */
@NullMarked
package io.mutirao.gateway.databricks;

import org.jspecify.annotations.NullMarked;
