/**
 * The floor: what the same broker and database do for the same callers with nothing in between.
 *
 * <p>Start at {@link io.mutirao.benchmarks.floor.Floor}. Keep it bare: whatever is added here makes
 * the stack look better than it is.
 */
@NullMarked
package io.mutirao.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
