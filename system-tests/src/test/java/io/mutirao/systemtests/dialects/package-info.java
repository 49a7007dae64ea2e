/**
 * Vendors' own clients, unmodified, what the vendors' documents promise, and what stands beside it,
 * on the real stack.
 *
 * <p>Start with {@link io.mutirao.systemtests.dialects.DatabricksSdkIT}, and for users with {@link
 * io.mutirao.systemtests.dialects.UsersIT}. What a run goes through, whoever asks, is in {@code
 * journeys}.
 */
@NullMarked
package io.mutirao.systemtests.dialects;

import org.jspecify.annotations.NullMarked;
