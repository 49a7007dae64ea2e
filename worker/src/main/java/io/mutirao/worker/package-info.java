/**
 * The worker: hears of tasks by offers, claims them, runs them under a guard, reports. Start with
 * {@link io.mutirao.worker.Worker}, which puts the parts together; a task's way is offer,
 * execution, guard, output, report. Nothing here decides about a run.
 */
@NullMarked
package io.mutirao.worker;

import org.jspecify.annotations.NullMarked;
