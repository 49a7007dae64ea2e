package io.mutirao.worker.offer;

import io.mutirao.contracts.task.TaskOffer.OfferTask;
import org.jspecify.annotations.Nullable;

/** An offer in hand, and where it stands on its topic. */
record Offer(OfferTask task, @Nullable String traceparent, Place place) {

  record Place(int partition, long offset) {}
}
