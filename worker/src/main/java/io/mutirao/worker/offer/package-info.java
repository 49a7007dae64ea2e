/**
 * Offers and claims: which attempts become this worker's. Start with {@link
 * io.mutirao.worker.offer.OfferLoop}. What happens to a granted attempt is in {@code execution}.
 */
@NullMarked
package io.mutirao.worker.offer;

import org.jspecify.annotations.NullMarked;
