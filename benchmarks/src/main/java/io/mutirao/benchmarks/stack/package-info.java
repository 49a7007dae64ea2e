/**
 * The stack under measurement: how to reach it, how to ask it for runs, where their ends are seen.
 *
 * <p>Start at {@link io.mutirao.benchmarks.stack.RunningStack}. No arithmetic of figures here.
 */
@NullMarked
package io.mutirao.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
