package io.mutirao.gateway.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The workers of the installation. */
public interface Workers {

  /**
   * A pool of workers.
   *
   * @param workers the processes that take its offers now
   * @param changes who came and who went since this gateway started, oldest first; only the last
   *     ones
   */
  record PoolView(String pool, List<String> workers, List<PoolChange> changes) {
    public PoolView {
      workers = List.copyOf(workers);
      changes = List.copyOf(changes);
    }
  }

  /**
   * Somebody came or went.
   *
   * @param workers how many there were afterwards
   */
  record PoolChange(Instant at, String worker, boolean came, int workers) {}

  /** By pool, as far as they are known; the default pool may not be among them yet. */
  List<PoolView> pools();

  /** Whether there is a pool without a worker, as of a few seconds ago. */
  boolean anyPoolIsEmpty();

  /** The pool that tasks for this name go to, if there is no worker in it. */
  Optional<String> emptyPool(String named);
}
