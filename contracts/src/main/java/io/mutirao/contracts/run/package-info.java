/**
 * Runs: commands, events and views. Start with {@link io.mutirao.contracts.run.RunCommand}. What a
 * run may go through is decided in the dispatcher, not here.
 */
@NullMarked
package io.mutirao.contracts.run;

import org.jspecify.annotations.NullMarked;
