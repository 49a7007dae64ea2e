/**
 * The promises under faults: processes killed and stopped, messages repeated, late and lost.
 *
 * <p>Start at {@link io.mutirao.systemtests.faults.KillIT}; what must hold afterwards stands in
 * {@link io.mutirao.systemtests.faults.Checker}, and docs/faults.md says which test is for which
 * hole of the protocol. Each test leaves the stack healthy. No expectations on a stack that nobody
 * harmed: those are in {@code journeys}.
 */
@NullMarked
package io.mutirao.systemtests.faults;

import org.jspecify.annotations.NullMarked;
