/**
 * What the processes take: CPU time and resident memory, read from /proc.
 *
 * <p>Start at {@link io.mutirao.benchmarks.machine.Machine}. Only reading; nothing is started or
 * stopped here.
 */
@NullMarked
package io.mutirao.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
