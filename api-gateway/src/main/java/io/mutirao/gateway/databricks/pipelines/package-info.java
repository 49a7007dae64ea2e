/**
 * {@code /api/2.0/pipelines}. Start with {@link
 * io.mutirao.gateway.databricks.pipelines.PipelinesResource}. What an update executes is the
 * worker's; how one stands is its run's.
 */
@NullMarked
package io.mutirao.gateway.databricks.pipelines;

import org.jspecify.annotations.NullMarked;
