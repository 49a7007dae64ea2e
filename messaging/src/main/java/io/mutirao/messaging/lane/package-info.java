/**
 * Lanes: one transaction per batch of one lane, with state, position and outgoing messages. Start
 * with {@link io.mutirao.messaging.lane.LaneRunner}; a service implements {@link
 * io.mutirao.messaging.lane.LaneHandler}. Nothing here knows a job or a run.
 */
@NullMarked
package io.mutirao.messaging.lane;

import org.jspecify.annotations.NullMarked;
