/**
 * Pipelines as they cross process borders: notebooks and files that run one after the other, and
 * the updates that ran them. Start with {@link io.mutirao.contracts.pipeline.PipelineView}. What an
 * update executes is the worker's; how it stands is its run's.
 */
@NullMarked
package io.mutirao.contracts.pipeline;

import org.jspecify.annotations.NullMarked;
