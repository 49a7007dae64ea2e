/**
 * Measures a running stack through REST, beside a bare floor on the same broker and database.
 *
 * <p>Start at {@link io.mutirao.benchmarks.Bench}; what each figure means stands in
 * docs/benchmarks.md. Nothing of the product belongs here, and no test of whether it is right.
 */
@NullMarked
package io.mutirao.benchmarks;

import org.jspecify.annotations.NullMarked;
