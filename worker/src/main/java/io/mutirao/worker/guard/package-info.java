/**
 * Processes under a guard: whatever happens to the worker, no task outlives its lease. Start with
 * {@link io.mutirao.worker.guard.Guard} and {@code guard.py} beside it. Nothing here knows a job or
 * a message.
 */
@NullMarked
package io.mutirao.worker.guard;

import org.jspecify.annotations.NullMarked;
