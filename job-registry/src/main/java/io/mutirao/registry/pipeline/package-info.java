/**
 * Pipelines and their updates. Start with {@link io.mutirao.registry.pipeline.PipelineResource}. No
 * update is carried out here, and how one stands its run says.
 */
@NullMarked
package io.mutirao.registry.pipeline;

import org.jspecify.annotations.NullMarked;
