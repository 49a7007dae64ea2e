/**
 * Each dialect as its vendor's clients call it, and what stands beside it. Start with {@link
 * io.mutirao.systemtests.dialects.UsersIT}. What a run goes through, whoever asks, is in {@code
 * journeys}.
 */
@NullMarked
package io.mutirao.systemtests.dialects;

import org.jspecify.annotations.NullMarked;
