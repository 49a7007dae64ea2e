package io.mutirao.worker.offer;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.task.TaskOffer;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.worker.execution.Attempts;
import io.mutirao.worker.execution.Executions;
import io.mutirao.worker.execution.LiveAttempt;
import io.mutirao.worker.execution.Reporter;
import io.mutirao.worker.execution.Slots;
import io.mutirao.worker.runner.Runners;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes offers while there are free slots, claims them together, hands the granted ones on. One
 * thread, which waits for nothing but offers, slots and the dispatcher.
 */
public final class OfferLoop {

  private static final Logger LOG = Logger.getLogger(OfferLoop.class);
  private static final Duration WAIT_FOR_SLOT = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** More claims than this are forgotten: a late copy is then claimed anew, and refused. */
  private static final int REMEMBERED_CLAIMS = 10_000;

  /** Instant tasks come in crowds; others are taken one by one, each into a slot that is free. */
  private static final int TAKEN_WITH_INSTANT_KINDS = 500;

  private final Supplier<Hand> open;
  private final Claims claims;
  private final Attempts attempts;
  private final Executions executions;
  private final Limits limits;
  private final String claimPrefix;
  private long claimCount;
  private final Map<AttemptId, Boolean> claimed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptId, Boolean> eldest) {
          return size() > REMEMBERED_CLAIMS;
        }
      };

  private final Thread thread = Thread.ofPlatform().daemon().name("offers").unstarted(this::run);
  private volatile boolean stopping;
  private volatile boolean joined;
  private volatile @Nullable Hand current;

  /**
   * Where offers come from and who decides about them.
   *
   * @param deadLetters takes what cannot be read, with the reason
   */
  public record Source(
      Clients clients,
      String pool,
      List<URI> dispatchers,
      BiConsumer<ConsumerRecord<byte[], byte[]>, String> deadLetters) {}

  /** What limits how much is taken. */
  public record Limits(Slots slots, Runners runners) {}

  public OfferLoop(
      Source source, Reporter reporter, Attempts attempts, Executions executions, Limits limits) {
    Topic<TaskOffer> topic = Topics.offers(source.pool());
    int most = limits.runners().haveInstant() ? TAKEN_WITH_INSTANT_KINDS : 1;
    open =
        () ->
            new Hand(
                source.clients().shareConsumer(topic.name(), most), topic, source.deadLetters());
    claims =
        new Claims(
            new DispatcherClient(source.dispatchers()), reporter.worker(), reporter.metrics());
    this.attempts = attempts;
    this.executions = executions;
    this.limits = limits;
    claimPrefix = reporter.worker().value() + "/";
  }

  /** Whether offers reach this worker. */
  public boolean isJoined() {
    return joined;
  }

  private void run() {
    while (!stopping) {
      try (Hand hand = open.get()) {
        current = hand;
        while (!stopping && !hand.isLost()) {
          turn(hand);
          boolean first = !joined && hand.isJoined();
          joined = hand.isJoined();
          if (first) {
            claims.none();
          }
        }
      } catch (WakeupException e) {
        LOG.debug("Woken up to stop", e);
      } catch (InterruptedException e) {
        LOG.debug("Interrupted to stop", e);
      } catch (KafkaException | IllegalStateException e) {
        if (!stopping) {
          LOG.warn("Offers cannot be taken for the moment; trying again", e);
          rest();
        }
      }
      joined = false;
    }
  }

  private void turn(Hand hand) throws InterruptedException {
    if (!limits.runners().haveInstant() && !limits.slots().awaitFree(Duration.ZERO)) {
      hand.flush();
      if (!limits.slots().awaitFree(WAIT_FOR_SLOT)) {
        return;
      }
    }
    hand.fill();
    while (!hand.unclaimed().isEmpty() && !hand.isLost() && !stopping) {
      Map<LiveAttempt, Offer> fit = takeWhatFits(hand);
      if (fit.isEmpty()) {
        hand.keep();
        boolean _ = limits.slots().awaitFree(WAIT_FOR_SLOT);
      } else {
        claim(hand, fit);
      }
    }
  }

  private Map<LiveAttempt, Offer> takeWhatFits(Hand hand) {
    Map<LiveAttempt, Offer> fit = new LinkedHashMap<>();
    for (Iterator<Offer> offers = hand.unclaimed().iterator(); offers.hasNext(); ) {
      Offer offer = offers.next();
      boolean instant = limits.runners().isInstant(offer.task().kind());
      if (claimed.containsKey(offer.task().attempt())) {
        // A copy of an offer that this worker has claimed once: it starts at most once.
        hand.done(offer.place());
        offers.remove();
      } else if (instant || limits.slots().take()) {
        fit.put(newAttempt(offer, !instant), offer);
        offers.remove();
      }
    }
    return fit;
  }

  private LiveAttempt newAttempt(Offer offer, boolean holdsSlot) {
    claimCount++;
    LiveAttempt attempt =
        new LiveAttempt(offer.task(), claimPrefix + claimCount, holdsSlot, offer.traceparent());
    claimed.put(attempt.id(), true);
    attempts.add(attempt);
    return attempt;
  }

  private void claim(Hand hand, Map<LiveAttempt, Offer> fit) throws InterruptedException {
    List<LiveAttempt> undecided = new ArrayList<>(fit.keySet());
    try {
      Optional<Set<AttemptId>> granted = claims.ask(List.copyOf(undecided), () -> holdOn(hand));
      if (granted.isPresent()) {
        undecided.clear();
        fit.keySet().forEach(attempt -> decided(attempt, granted.get()));
        fit.values().forEach(offer -> hand.done(offer.place()));
      }
    } finally {
      // Nothing may be reported of a claim without an answer: it may be somebody else's. Should it
      // be ours after all, the dispatcher finds that nobody beats for it.
      undecided.forEach(attempts::remove);
    }
  }

  private void decided(LiveAttempt attempt, Set<AttemptId> granted) {
    if (granted.contains(attempt.id())) {
      executions.begin(attempt);
    } else {
      attempts.remove(attempt);
      // Should it be offered again, only a dispatcher knows whether it is still to be had.
      claimed.remove(attempt.id());
    }
  }

  /** While the dispatcher is away: the claim must outlive any trouble with the offers. */
  private boolean holdOn(Hand hand) {
    try {
      if (!stopping && !hand.isLost()) {
        hand.keep();
      }
    } catch (WakeupException e) {
      LOG.debug("Woken up to stop", e);
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("The offers in hand could not be held; they will be offered again", e);
      hand.lose();
    }
    return !stopping;
  }

  private static void rest() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      LOG.debug("Interrupted to stop", e);
    }
  }

  /** Takes offers from now on, on a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Takes no more offers and gives back those in hand. */
  public void stop(Duration atMost) throws InterruptedException {
    stopping = true;
    thread.interrupt();
    Hand hand = current;
    if (hand != null) {
      hand.wakeup();
    }
    thread.join(atMost);
  }
}
