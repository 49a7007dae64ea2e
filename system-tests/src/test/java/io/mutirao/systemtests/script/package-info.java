/**
 * What the script {@code mutirao} promises to people and to other programs.
 *
 * <p>Start at {@link io.mutirao.systemtests.script.ScriptIT}. What the stack itself does is tried
 * in {@code journeys} and {@code faults}.
 */
@NullMarked
package io.mutirao.systemtests.script;

import org.jspecify.annotations.NullMarked;
