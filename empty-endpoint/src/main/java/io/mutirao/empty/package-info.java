/**
 * A program of one endpoint that does nothing, as the benchmarks' floor. Nothing belongs here that
 * takes time.
 */
@NullMarked
package io.mutirao.empty;

import org.jspecify.annotations.NullMarked;
