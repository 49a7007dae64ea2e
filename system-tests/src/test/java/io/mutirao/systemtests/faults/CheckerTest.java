package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.systemtests.faults.Evidence.Event;
import io.mutirao.systemtests.faults.Evidence.Row;
import io.mutirao.systemtests.faults.Evidence.Start;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker finds nothing where all is well, and each violation that is planted. */
class CheckerTest {

  private static final Row SUCCEEDED = new Row(1, 1, "FINISHED", "SUCCEEDED", 3, 101L, true);
  private static final Row SKIPPED = new Row(1, 2, "FINISHED", "SKIPPED", 1, null, true);

  /** Two runs that went as they should; a test spoils it. */
  private static final class Case {
    final Set<Long> accepted = new HashSet<>(Set.of(100L, 200L));
    final Map<Long, String> api = new HashMap<>();
    final Map<Long, Row> rows = new HashMap<>();
    final List<Event> events = new ArrayList<>();
    final List<Start> starts = new ArrayList<>();

    Case() {
      api.put(100L, "TERMINATED SUCCESS");
      api.put(200L, "SKIPPED");
      rows.put(100L, SUCCEEDED);
      rows.put(200L, SKIPPED);
      events.add(event(100, 1, "RunQueued", ""));
      events.add(event(200, 1, "RunFinished", "SKIPPED"));
      events.add(event(100, 2, "RunStarted", ""));
      events.add(event(100, 2, "RunStarted", "")); // repeated, which is allowed
      events.add(event(100, 3, "RunFinished", "SUCCEEDED"));
      events.add(event(100, 2, "RunStarted", "")); // and late
      starts.add(new Start(101, 4711));
    }

    List<String> violations() {
      return Checker.violations(new Evidence(accepted, api, rows, events, starts));
    }
  }

  private static Event event(long run, int sequence, String type, String result) {
    String id = run + "-" + sequence;
    return new Event(id, run, 0, sequence, type, result, type + result);
  }

  @Test
  void nothingIsFoundWhereAllIsWell() {
    assertThat(new Case().violations()).isEmpty();
  }

  /** Something that must not be. */
  record Planted(String found, Consumer<Case> spoil) {

    private static Planted of(String found, Consumer<Case> spoil) {
      return new Planted(found, spoil);
    }

    @Override
    public String toString() {
      return found;
    }
  }

  static Stream<Planted> planted() {
    return Stream.of(
        Planted.of("run 300 was accepted and is lost", c -> c.accepted.add(300L)),
        Planted.of("no request was answered with it", c -> c.accepted.remove(200L)),
        Planted.of(
            "run 100 has no final state",
            c -> c.rows.put(100L, new Row(1, 1, "RUNNING", null, 2, 101L, true))),
        Planted.of("run 100 is shown as null", c -> c.api.remove(100L)),
        Planted.of(
            "run 100 is shown as TERMINATED FAILED", c -> c.api.put(100L, "TERMINATED FAILED")),
        Planted.of(
            "has the number of another",
            c -> c.rows.put(200L, new Row(1, 1, "FINISHED", "SKIPPED", 1, null, true))),
        Planted.of(
            "numbers of job 1 have gaps",
            c -> c.rows.put(200L, new Row(1, 3, "FINISHED", "SKIPPED", 1, null, true))),
        Planted.of("attempt 101 was started twice", c -> c.starts.add(new Start(101, 4712))),
        Planted.of(
            "attempt 999 was started and is of no run", c -> c.starts.add(new Start(999, 1))),
        Planted.of("run 100 succeeded and was never started", c -> c.starts.clear()),
        Planted.of(
            "a repeat differs",
            c -> c.events.add(new Event("other", 100, 0, 2, "RunStarted", "", "RunStarted"))),
        Planted.of(
            "a repeat differs",
            c -> c.events.add(new Event("100-2", 100, 0, 2, "RunStarted", "", "another worker"))),
        Planted.of("event 3 follows 1", c -> c.events.removeIf(e -> e.sequence() == 2)),
        Planted.of(
            "event 2 follows 3",
            c -> {
              c.events.clear();
              c.events.add(event(100, 1, "RunQueued", ""));
              c.events.add(event(100, 3, "RunFinished", "SUCCEEDED"));
              c.events.add(event(100, 2, "RunStarted", ""));
            }),
        Planted.of("after the final event", c -> c.events.add(event(100, 4, "RunStarted", ""))),
        Planted.of("run 100 has 0 final events", c -> c.events.removeIf(e -> e.sequence() == 3)),
        Planted.of(
            "run 100 has 2 final events",
            c -> c.events.add(event(100, 4, "RunFinished", "FAILED"))),
        Planted.of(
            "run 100 ended as",
            c -> {
              c.rows.put(100L, new Row(1, 1, "FINISHED", "FAILED", 3, 101L, true));
              c.api.put(100L, "TERMINATED FAILED");
            }),
        Planted.of("run 200 has 0 final events", c -> c.events.removeIf(e -> e.run() == 200)));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void eachPlantedViolationIsFound(Planted planted) {
    var spoiled = new Case();

    planted.spoil().accept(spoiled);

    assertThat(spoiled.violations()).anyMatch(words -> words.contains(planted.found()));
  }
}
