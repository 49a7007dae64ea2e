package io.mutirao.worker.offer;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.worker.execution.Lease;
import io.mutirao.worker.execution.LiveAttempt;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Asks until it is answered, always with the same claim: then the answer is the same too. */
final class Claims {

  private static final Logger LOG = Logger.getLogger(Claims.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final DispatcherClient dispatchers;
  private final WorkerId worker;
  private final MeterRegistry metrics;

  Claims(DispatcherClient dispatchers, WorkerId worker, MeterRegistry metrics) {
    this.dispatchers = dispatchers;
    this.worker = worker;
    this.metrics = metrics;
  }

  /**
   * Which attempts are ours now.
   *
   * @param goOn asked before each pause; when false, the claims are given up
   * @return empty when they were given up: nobody knows what was decided
   */
  Optional<Set<AttemptId>> ask(List<LiveAttempt> attempts, BooleanSupplier goOn)
      throws InterruptedException {
    ClaimRequest request =
        new ClaimRequest(worker, attempts.stream().map(LiveAttempt::claim).toList());
    Duration pause = FIRST_PAUSE;
    // A lease counts from the first try that a dispatcher may have heard.
    boolean maybeHeard = false;
    long askedAt = 0;
    while (true) {
      askedAt = maybeHeard ? askedAt : System.nanoTime();
      String why;
      switch (dispatchers.ask(request)) {
        case DispatcherClient.Reply.Answered(ClaimAnswer answer) -> {
          if (!pause.equals(FIRST_PAUSE)) {
            LOG.infof("The dispatcher answers claims again; %d offers go on", attempts.size());
          }
          return Optional.of(granted(answer, attempts, askedAt));
        }
        case DispatcherClient.Reply.NotHeard(String reason) -> why = reason;
        case DispatcherClient.Reply.Unclear(String reason) -> {
          why = reason;
          maybeHeard = true;
        }
      }
      if (pause.equals(FIRST_PAUSE)) {
        LOG.warnf("%d offers wait, for no dispatcher answers claims: %s", attempts.size(), why);
      }
      metrics.counter("mutirao.worker.claims.unanswered").increment();
      if (!goOn.getAsBoolean()) {
        return Optional.empty();
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  /**
   * Claims nothing, and does not mind who hears it: the first claim that matters then finds a way
   * that was gone before.
   */
  void none() {
    DispatcherClient.Reply reply = dispatchers.ask(new ClaimRequest(worker, List.of()));
    LOG.debugf("A claim of nothing: %s", reply);
  }

  private Set<AttemptId> granted(ClaimAnswer answer, List<LiveAttempt> asked, long askedAt) {
    Set<AttemptId> granted = new HashSet<>(answer.granted());
    Lease lease = new Lease(Duration.ofMillis(answer.leaseMillis()));
    for (LiveAttempt attempt : asked) {
      if (granted.contains(attempt.id())) {
        attempt.granted(lease, askedAt);
      }
    }
    metrics.counter("mutirao.worker.claims", "answer", "granted").increment(granted.size());
    metrics
        .counter("mutirao.worker.claims", "answer", "refused")
        .increment(asked.size() - granted.size());
    return granted;
  }
}
