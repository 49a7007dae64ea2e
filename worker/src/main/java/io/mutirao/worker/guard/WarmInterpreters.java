package io.mutirao.worker.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Of which environments interpreters wait for tasks: from the first task of one on, until others
 * are used more or nobody uses it any more. Not safe for several threads.
 */
final class WarmInterpreters {

  private static final Logger LOG = Logger.getLogger(WarmInterpreters.class);

  /** So many at a time. */
  static final int ENVIRONMENTS = 4;

  static final Duration IDLE = Duration.ofMinutes(15);

  /** Of none. */
  static final WarmInterpreters NONE = new WarmInterpreters(_ -> {}, _ -> {});

  /** Lets interpreters wait. */
  interface Start {
    void start(Path python) throws IOException;
  }

  /** Ends those that wait. */
  interface End {
    void end(Path python);
  }

  private final Start start;
  private final End end;

  /** When each was used last; the one first that was not used for longest. */
  private final Map<Path, Long> used = new LinkedHashMap<>(16, 0.75f, true);

  WarmInterpreters(Start start, End end) {
    this.start = start;
    this.end = end;
  }

  /** A task runs in this environment; the next one is to find it ready. */
  void use(Path python, long now) {
    if (used.put(python, now) == null) {
      try {
        start.start(python);
      } catch (IOException e) {
        LOG.warnf("No interpreter of %s waits for tasks: %s", python, e);
      }
    }
    Iterator<Path> eldest = used.keySet().iterator();
    while (used.size() > ENVIRONMENTS) {
      Path leaves = eldest.next();
      eldest.remove();
      end.end(leaves);
    }
  }

  /** Lets go what nobody uses any more; to be called now and then. */
  void tidy(long now) {
    used.entrySet()
        .removeIf(each -> {
          boolean idle = now - each.getValue() > IDLE.toNanos();
          if (idle) {
            end.end(each.getKey());
          }
          return idle;
        });
  }
}
