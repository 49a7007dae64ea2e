package io.mutirao.gateway.backend;

import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Rejected;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the dispatcher lately, good for as long as its lanes have not moved. Who asks
 * again gets the same object, so that others may remember what they made of it.
 *
 * @param <K> what was asked for
 */
final class Remembered<K, V> {

  /**
   * What was read.
   *
   * @param lanes where they stood then, or before
   * @param size characters of its text; parsed, each takes several bytes
   */
  record Read<V>(V value, LaneBatches lanes, long size) {}

  private final Map<K, Read<V>> latestLast = new LinkedHashMap<>(64, 0.75f, true);
  private final LaneWatch watch;
  private final long most;
  private long held;

  /**
   * Nothing yet.
   *
   * @param most characters that are kept
   */
  Remembered(LaneWatch watch, long most) {
    this.watch = watch;
    this.most = most;
  }

  /**
   * What was read of it, if that is how it still is: asked of the dispatcher, unless there is
   * nothing to ask about.
   *
   * @param of a job or run in whose lane all of it is; null: it is in all lanes
   */
  Optional<Fresh<V>> unchanged(K what, @Nullable LaneKey of) throws Rejected {
    Read<V> read;
    synchronized (latestLast) {
      read = latestLast.get(what);
    }
    return read != null && watch.stand(read.lanes(), of)
        ? Optional.of(fresh(read, of))
        : Optional.empty();
  }

  private Fresh<V> fresh(Read<V> read, @Nullable LaneKey of) {
    LaneBatches then = read.lanes();
    return new Fresh<>(read.value(), told -> watch.ask(then, of, told));
  }

  /** Keeps what is not too large, and lets go of what nobody asked for the longest. */
  Fresh<V> keep(K what, @Nullable LaneKey of, Read<V> read) {
    watch.heard(read.lanes());
    keep(what, read);
    return fresh(read, of);
  }

  private void keep(K what, Read<V> read) {
    synchronized (latestLast) {
      Read<V> old = latestLast.remove(what);
      held -= old == null ? 0 : old.size();
      if (read.size() > most / 4) {
        return;
      }
      latestLast.put(what, read);
      held += read.size();
      Iterator<Read<V>> oldest = latestLast.values().iterator();
      while (held > most) {
        held -= oldest.next().size();
        oldest.remove();
      }
    }
  }
}
