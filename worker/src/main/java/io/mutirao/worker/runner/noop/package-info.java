/**
 * Tasks that do nothing, to measure everything else. Start with {@link
 * io.mutirao.worker.runner.noop.NoopRunner}. Off unless MUTIRAO_WORKER_NOOP is true.
 */
@NullMarked
package io.mutirao.worker.runner.noop;

import org.jspecify.annotations.NullMarked;
