package io.mutirao.systemtests.faults;

import io.mutirao.systemtests.faults.Evidence.Event;
import io.mutirao.systemtests.faults.Evidence.Row;
import io.mutirao.systemtests.faults.Evidence.Start;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the evidence against the promises of DESIGN: nothing accepted is lost, an attempt starts at
 * most once, a final state is one and stays, events are in order, all sides agree.
 */
final class Checker {

  private final Evidence evidence;
  private final List<String> violations = new ArrayList<>();

  private Checker(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Empty when all promises were kept. */
  static List<String> violations(Evidence evidence) {
    var checker = new Checker(evidence);
    checker.nothingAcceptedIsLost();
    checker.nothingRunsThatNobodyWasToldOf();
    checker.everyRunIsFinal();
    checker.restAndDatabaseAgree();
    checker.numbersCountUp();
    checker.noAttemptStartsTwice();
    checker.whatSucceededWasStarted();
    checker.eventsAreInOrderAndAgree();
    return checker.violations;
  }

  private void violated(String words) {
    violations.add(words);
  }

  /** Promise 1. */
  private void nothingAcceptedIsLost() {
    for (long run : evidence.accepted()) {
      if (!evidence.rows().containsKey(run)) {
        violated("run %d was accepted and is lost".formatted(run));
      }
    }
  }

  /** Promise 4: every request here carries a token and is repeated until it is answered. */
  private void nothingRunsThatNobodyWasToldOf() {
    for (long run : evidence.rows().keySet()) {
      if (!evidence.accepted().contains(run)) {
        violated("run %d exists, but no request was answered with it".formatted(run));
      }
    }
  }

  private void everyRunIsFinal() {
    evidence
        .rows()
        .forEach((run, row) -> {
          if (!row.phase().equals("FINISHED")) {
            violated("run %d has no final state: %s".formatted(run, row));
          }
        });
  }

  private void restAndDatabaseAgree() {
    evidence
        .rows()
        .forEach((run, row) -> {
          String shown = evidence.api().get(run);
          if (!shownFor(row).equals(shown)) {
            violated("run %d is shown as %s, but the database says %s".formatted(run, shown, row));
          }
        });
  }

  private static String shownFor(Row row) {
    if (row.result() == null) {
      return "not final";
    }
    return switch (row.result()) {
      case "SUCCEEDED" -> "TERMINATED SUCCESS";
      case "TIMED_OUT" -> "TERMINATED TIMEDOUT";
      case "SKIPPED" -> "SKIPPED";
      case "ERROR" -> "INTERNAL_ERROR";
      default -> "TERMINATED " + row.result();
    };
  }

  private void numbersCountUp() {
    Map<Long, Set<Long>> byJob = new HashMap<>();
    evidence
        .rows()
        .forEach((run, row) -> {
          if (!byJob.computeIfAbsent(row.job(), _ -> new TreeSet<>()).add(row.numberInJob())) {
            violated("run %d has the number of another: %s".formatted(run, row));
          }
        });
    byJob.forEach((job, numbers) -> {
      if (!numbers.isEmpty() && ((TreeSet<Long>) numbers).last() != numbers.size()) {
        violated("the numbers of job %d have gaps: %s".formatted(job, numbers));
      }
    });
  }

  /** Promise 2. */
  private void noAttemptStartsTwice() {
    Set<Long> known = new HashSet<>();
    evidence.rows().values().forEach(row -> known.add(row.attempt()));
    Map<Long, Start> seen = new HashMap<>();
    for (Start start : evidence.starts()) {
      Start before = seen.put(start.attempt(), start);
      if (before != null) {
        violated(
            "attempt %d was started twice: %s and %s".formatted(start.attempt(), before, start));
      }
      if (!known.contains(start.attempt())) {
        violated("attempt %d was started and is of no run".formatted(start.attempt()));
      }
    }
  }

  private void whatSucceededWasStarted() {
    Set<Long> started = new HashSet<>();
    evidence.starts().forEach(start -> started.add(start.attempt()));
    evidence
        .rows()
        .forEach((run, row) -> {
          boolean succeeded = "SUCCEEDED".equals(row.result());
          if (succeeded && row.witnessed() && !started.contains(row.attempt())) {
            violated("run %d succeeded and was never started".formatted(run));
          }
        });
  }

  /** Promise 3. */
  private void eventsAreInOrderAndAgree() {
    Map<String, List<Event>> byExecution = new LinkedHashMap<>();
    for (Event event : evidence.events()) {
      byExecution
          .computeIfAbsent(event.run() + "/" + event.repair(), _ -> new ArrayList<>())
          .add(event);
    }
    byExecution.forEach(this::checkExecution);
    evidence
        .rows()
        .forEach((run, row) -> {
          List<Event> events = byExecution.getOrDefault(run + "/0", List.of());
          checkAgainstRow(run, row, events);
        });
  }

  /** A reader drops what is not higher than what it has: a repeat must be the very same. */
  private void checkExecution(String execution, List<Event> events) {
    Map<Integer, Event> first = new HashMap<>();
    int highest = 0;
    Event last = null;
    for (Event event : events) {
      Event before = first.putIfAbsent(event.sequence(), event);
      if (before != null) {
        if (!before.equals(event)) {
          violated("execution %s: a repeat differs: %s and %s".formatted(execution, before, event));
        }
        continue;
      }
      if (event.sequence() != highest + 1) {
        violated(
            "execution %s: event %d follows %d".formatted(execution, event.sequence(), highest));
      }
      if (last != null && last.isFinal()) {
        violated("execution %s: %s after the final event".formatted(execution, event));
      }
      highest = Math.max(highest, event.sequence());
      last = event;
    }
  }

  private void checkAgainstRow(long run, Row row, List<Event> events) {
    List<Event> finals = events.stream().filter(Event::isFinal).distinct().toList();
    if (finals.size() != 1) {
      violated("run %d has %d final events: %s".formatted(run, finals.size(), finals));
      return;
    }
    Event end = finals.getFirst();
    if (!end.result().equals(row.result()) || end.sequence() != row.sequence()) {
      violated("run %d ended as %s, but the database says %s".formatted(run, end, row));
    }
  }
}
