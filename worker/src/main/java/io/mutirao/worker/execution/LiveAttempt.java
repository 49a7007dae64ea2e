package io.mutirao.worker.execution;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.task.ClaimRequest.Claim;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.worker.secret.Masks;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An attempt that this worker has claimed and that is not over. */
public final class LiveAttempt {

  private final OfferTask offer;
  private final String claim;
  private final boolean holdsSlot;
  private final @Nullable String traceparent;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Masks masks = new Masks();

  /** Set by the grant. */
  private @Nullable Lease lease;

  /** Until when it is certainly ours; meaningful once granted. */
  private long safeUntil;

  private boolean underGuard;

  /** Prepares it; only while it is prepared. */
  private @Nullable Thread preparing;

  private @Nullable StopReason stop;

  public LiveAttempt(
      OfferTask offer, String claim, boolean holdsSlot, @Nullable String traceparent) {
    this.offer = offer;
    this.claim = claim;
    this.holdsSlot = holdsSlot;
    this.traceparent = traceparent;
  }

  public AttemptId id() {
    return offer.attempt();
  }

  public OfferTask offer() {
    return offer;
  }

  public Claim claim() {
    return new Claim(offer.attempt(), claim);
  }

  /** What of its output nobody may see. */
  public Masks masks() {
    return masks;
  }

  boolean holdsSlot() {
    return holdsSlot;
  }

  @Nullable String traceparent() {
    return traceparent;
  }

  /**
   * The claim was granted.
   *
   * @param askedAt before the first try that the dispatcher may have heard
   */
  public synchronized void granted(Lease granted, long askedAt) {
    lease = granted;
    safeUntil = granted.safeUntil(askedAt);
  }

  synchronized boolean isGranted() {
    return lease != null;
  }

  /** A beat that named this attempt arrived. */
  synchronized void beaten(long sentAt) {
    if (lease != null) {
      long until = lease.safeUntil(sentAt);
      safeUntil = until - safeUntil > 0 ? until : safeUntil;
    }
  }

  synchronized long safeUntil() {
    return safeUntil;
  }

  synchronized boolean isSafe(long now) {
    return lease != null && safeUntil - now > 0;
  }

  /**
   * This thread prepares it, and is interrupted when it is to stop. False: it is to stop already.
   */
  synchronized boolean beginPreparing() {
    if (stop == null) {
      preparing = Thread.currentThread();
    }
    return stop == null;
  }

  /** Nobody interrupts this thread any more. */
  synchronized void endPreparing() {
    preparing = null;
    boolean _ = Thread.interrupted();
  }

  /** From now on the guard has it, unless somebody asked to stop it before. */
  synchronized boolean enterGuard(Runnable start) {
    if (stop != null) {
      return false;
    }
    start.run();
    underGuard = true;
    return true;
  }

  /** What prepared it is over; it may enter again. */
  synchronized void leaveGuard() {
    underGuard = false;
  }

  synchronized boolean isUnderGuard() {
    return underGuard;
  }

  /** Whether the guard must be told. The first reason stands. */
  synchronized boolean stop(StopReason why) {
    if (stop == null) {
      stop = why;
    }
    if (preparing != null) {
      preparing.interrupt();
    }
    return underGuard;
  }

  synchronized @Nullable StopReason stopReason() {
    return stop;
  }

  /** True for the one who may report the end. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }
}
