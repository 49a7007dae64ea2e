package io.mutirao.contracts.job;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that were read lately. What is here is right for ever: a version never changes.
 */
public final class KnownDefinitions {

  /**
   * One of them.
   *
   * @param size characters of its text
   */
  public record Known(JobDefinition definition, int size) {}

  private final Map<JobVersion, Known> latestLast = new LinkedHashMap<>(64, 0.75f, true);
  private final int most;
  private int held;

  /**
   * None yet.
   *
   * @param most characters of settings that are kept; parsed, each takes several bytes
   */
  public KnownDefinitions(int most) {
    this.most = most;
  }

  public synchronized @Nullable Known get(JobVersion version) {
    return latestLast.get(version);
  }

  /** Keeps one that is not too large, and lets go of those that nobody asked for the longest. */
  public synchronized void put(JobVersion version, Known known) {
    if (known.size() > most / 4 || latestLast.containsKey(version)) {
      return;
    }
    latestLast.put(version, known);
    held += known.size();
    Iterator<Known> oldest = latestLast.values().iterator();
    while (held > most) {
      held -= oldest.next().size();
      oldest.remove();
    }
  }
}
