package io.mutirao.notifier.subscription;

import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The highest event seen of each execution, by lane: events come at least once, and a repeat must
 * not count. An execution that is over is remembered until {@value #REMEMBERED} others are: a later
 * repeat than that comes only after the dispatcher lost its lane for long, and counts twice.
 */
final class SeenEvents {

  static final int REMEMBERED = 10_000;

  private record Execution(RunId run, int repair) {}

  private static final class Lane {
    private final Map<Execution, Integer> open = new HashMap<>();
    private final SequencedMap<Execution, Integer> over = new LinkedHashMap<>();
  }

  private final Map<Integer, Lane> lanes = new HashMap<>();

  void forget(int lane) {
    lanes.remove(lane);
  }

  /** Whether this event is new; it is not new a second time. */
  boolean isNew(int lane, RunEvent event) {
    Lane seen = lanes.computeIfAbsent(lane, _ -> new Lane());
    var execution = new Execution(event.run(), event.repair());
    Integer last = seen.open.get(execution);
    if (last == null) {
      last = seen.over.get(execution);
    }
    if (last != null && event.sequence() <= last) {
      return false;
    }
    switch (event) {
      case RunEvent.RunQueued _,
          RunEvent.RunStarted _,
          RunEvent.TaskChanged _,
          RunEvent.DurationWarning _,
          RunEvent.RunTerminating _ ->
          seen.open.put(execution, event.sequence());
      case RunEvent.RunFinished _ -> {
        seen.open.remove(execution);
        seen.over.put(execution, event.sequence());
        if (seen.over.size() > REMEMBERED) {
          seen.over.pollFirstEntry();
        }
      }
    }
    return true;
  }
}
