/**
 * Load: callers that wait for their answers, requests on a fixed schedule, and a cheap HTTP client.
 *
 * <p>Start at {@link io.mutirao.benchmarks.load.ClosedLoop}. What is asked and what the answer
 * means does not belong here.
 */
@NullMarked
package io.mutirao.benchmarks.load;

import org.jspecify.annotations.NullMarked;
