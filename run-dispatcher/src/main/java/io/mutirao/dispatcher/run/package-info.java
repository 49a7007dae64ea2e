/**
 * Carries out what the lifecycle decides: one batch of a lane in, one transaction out. Start with
 * {@link io.mutirao.dispatcher.run.RunLanes}. Nothing here decides about a run's state.
 */
@NullMarked
package io.mutirao.dispatcher.run;

import org.jspecify.annotations.NullMarked;
