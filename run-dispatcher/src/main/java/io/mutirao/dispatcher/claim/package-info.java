/**
 * Claims: the one place that decides who starts an attempt. Start with {@link
 * io.mutirao.dispatcher.claim.ClaimStore}. No run state here.
 */
@NullMarked
package io.mutirao.dispatcher.claim;

import org.jspecify.annotations.NullMarked;
