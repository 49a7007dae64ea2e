/**
 * Updates of pipelines: notebooks and files, one after the other, as one task. Start with {@link
 * io.mutirao.worker.runner.pipeline.PipelineRunner}. How one of them runs is the matter of its own
 * runner.
 */
@NullMarked
package io.mutirao.worker.runner.pipeline;

import org.jspecify.annotations.NullMarked;
