/**
 * Attempts from the granted claim to the last report. Start with {@link
 * io.mutirao.worker.execution.Executions}; {@link io.mutirao.worker.execution.Beats} keeps them
 * alive and {@link io.mutirao.worker.execution.Control} hears who is to stop. What a kind of task
 * needs is the runner's, how processes die is the guard's.
 */
@NullMarked
package io.mutirao.worker.execution;

import org.jspecify.annotations.NullMarked;
