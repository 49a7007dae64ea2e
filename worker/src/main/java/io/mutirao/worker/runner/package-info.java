/**
 * The kinds of tasks that this worker can run, one package each. Start with {@link
 * io.mutirao.worker.runner.Runners}. A runner says only what is special to its kind.
 */
@NullMarked
package io.mutirao.worker.runner;

import org.jspecify.annotations.NullMarked;
