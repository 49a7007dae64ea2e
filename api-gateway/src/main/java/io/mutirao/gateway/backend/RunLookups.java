package io.mutirao.gateway.backend;

import io.mutirao.contracts.run.FoundRuns;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Looks runs up by id. A question to the dispatcher costs more than a run, so whoever asks while
 * questions are on their way goes with the next one: many callers are answered by few questions,
 * and one caller alone waits for nobody. A question leaves after those whom it is for have asked,
 * so that each sees what was so when he asked, or later.
 */
final class RunLookups {

  /** More at a time make each smaller. */
  private static final int MOST_QUESTIONS = 2;

  private static final int MOST_AT_ONCE = 100;

  private final OwnerClient dispatcher;
  private final Deque<Lookup> waiting = new ArrayDeque<>();
  private int questions;

  private record Lookup(long id, CompletableFuture<Optional<RunView>> answer) {}

  RunLookups(OwnerClient dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** The run of that id, or with an attempt of that id; its definition is not with it yet. */
  Optional<RunView> find(long id) throws Rejected {
    var lookup = new Lookup(id, new CompletableFuture<>());
    boolean ask;
    synchronized (waiting) {
      waiting.add(lookup);
      ask = questions < MOST_QUESTIONS;
      questions += ask ? 1 : 0;
    }
    if (ask) {
      askOn();
    }
    try {
      return lookup.answer().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Rejected rejected) {
        throw new Rejected(rejected.problem());
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Rejected(Problem.Away.forASecond("The gateway stops"));
    }
  }

  /** Asks once for whoever waits; for those who come meanwhile a thread of its own goes on. */
  private void askOn() {
    List<Lookup> now = next();
    ask(now);
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        questions--;
        return;
      }
    }
    Thread.startVirtualThread(this::askOn);
  }

  private List<Lookup> next() {
    synchronized (waiting) {
      List<Lookup> next = new ArrayList<>();
      while (next.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
        next.add(waiting.remove());
      }
      return next;
    }
  }

  private void ask(List<Lookup> lookups) {
    if (lookups.isEmpty()) {
      return;
    }
    try {
      Map<Long, RunView> found = found(lookups);
      lookups.forEach(l -> l.answer().complete(Optional.ofNullable(found.get(l.id()))));
    } catch (Rejected e) {
      if (lookups.size() > 1 && e.problem() instanceof Problem.Invalid) {
        // Too much at once: each for himself.
        lookups.forEach(lookup -> ask(List.of(lookup)));
      } else {
        lookups.forEach(lookup -> lookup.answer().completeExceptionally(e));
      }
    } catch (RuntimeException | Error e) {
      lookups.forEach(lookup -> lookup.answer().completeExceptionally(e));
    }
  }

  private Map<Long, RunView> found(List<Lookup> lookups) throws Rejected {
    String ids =
        lookups.stream()
            .map(Lookup::id)
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    Map<Long, RunView> found = new HashMap<>();
    dispatcher
        .get("/runs/found?ids=" + ids, FoundRuns.class)
        .ifPresent(runs -> runs.runs().forEach(run -> found.put(run.asked(), run.run())));
    return found;
  }
}
