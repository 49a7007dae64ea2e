/**
 * What a runner implements: one kind of task, translated into something that a worker can execute.
 * Start with {@link io.mutirao.runner.Runner}. Nothing here starts a process; the worker does,
 * under its guard.
 */
@NullMarked
package io.mutirao.runner;

import org.jspecify.annotations.NullMarked;
