package io.mutirao.gateway.backend;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.gateway.core.Workers.PoolChange;
import io.mutirao.gateway.core.Workers.PoolView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who takes the offers of which pool, and who came and went. */
final class PoolMembers {

  private static final int CHANGES_KEPT = 500;

  private final Map<String, Pool> pools = new TreeMap<>();
  private volatile Set<String> empty = Set.of();

  private static final class Pool {
    final Set<String> workers = new TreeSet<>();
    final Deque<PoolChange> changes = new ArrayDeque<>();
  }

  /** These are there now. */
  synchronized void seen(Map<String, Set<String>> workers, Instant now) {
    for (String pool : workers.keySet()) {
      pools.computeIfAbsent(pool, _ -> new Pool());
    }
    pools.forEach((name, pool) -> change(pool, workers.getOrDefault(name, Set.of()), now));
    empty =
        pools.keySet().stream()
            .filter(pool -> workers.getOrDefault(pool, Set.of()).isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  private static void change(Pool pool, Set<String> there, Instant now) {
    Set<String> came = new TreeSet<>(there);
    came.removeAll(pool.workers);
    Set<String> went = new HashSet<>(pool.workers);
    went.removeAll(there);
    for (String worker : came) {
      pool.workers.add(worker);
      add(pool, new PoolChange(now, worker, true, pool.workers.size()));
    }
    for (String worker : went) {
      pool.workers.remove(worker);
      add(pool, new PoolChange(now, worker, false, pool.workers.size()));
    }
  }

  private static void add(Pool pool, PoolChange change) {
    pool.changes.add(change);
    if (pool.changes.size() > CHANGES_KEPT) {
      pool.changes.remove();
    }
  }

  /** Read with every look at a run. */
  boolean anyIsEmpty() {
    return !empty.isEmpty();
  }

  /** The pool that tasks for this name go to, if there is no worker in it. */
  synchronized Optional<String> emptyPool(String named) {
    return Optional.of(pools.containsKey(named) ? named : JobDefinition.DEFAULT_POOL)
        .filter(empty::contains);
  }

  synchronized int workers(String pool) {
    Pool known = pools.get(pool);
    return known == null ? 0 : known.workers.size();
  }

  synchronized List<PoolView> views() {
    List<PoolView> views = new ArrayList<>();
    pools.forEach((name, pool) ->
        views.add(new PoolView(name, List.copyOf(pool.workers), List.copyOf(pool.changes))));
    return views;
  }
}
