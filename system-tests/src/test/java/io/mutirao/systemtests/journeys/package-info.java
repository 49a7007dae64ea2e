/**
 * What a user is promised, tried through REST and Kafka on the whole stack.
 *
 * <p>Read the test names as a list. Start at {@link io.mutirao.systemtests.journeys.JobRunsIT}.
 * Nothing here harms the stack: that is in {@code faults}.
 */
@NullMarked
package io.mutirao.systemtests.journeys;

import org.jspecify.annotations.NullMarked;
