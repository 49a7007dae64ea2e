package io.mutirao.gateway.databricks;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The repair history of a run: the original execution first, then its repairs. */
final class Executions {

  static List<RunWire.Execution> of(RunView run, Version version) {
    return run.repairs().isEmpty()
        ? List.of(original(run, version))
        : run.repairs().stream().map(repair -> execution(run, repair, version)).toList();
  }

  private static RunWire.Execution execution(RunView run, RunView.Repair repair, Version version) {
    StateMapping state = StateMapping.of(repair);
    boolean original = repair.number() == 0;
    return new RunWire.Execution(
        original ? "ORIGINAL" : "REPAIR",
        original ? null : repair.id(),
        repair.startedAt().toEpochMilli(),
        millis(repair.endedAt()),
        state.state(version),
        state.status(version),
        original ? attempts(run) : repair.attempts().stream().map(AttemptId::value).toList());
  }

  private static RunWire.Execution original(RunView run, Version version) {
    StateMapping state = StateMapping.of(run);
    return new RunWire.Execution(
        "ORIGINAL",
        null,
        run.createdAt().toEpochMilli(),
        millis(run.endedAt()),
        state.state(version),
        state.status(version),
        attempts(run));
  }

  /** Those of the original execution. */
  private static List<Long> attempts(RunView run) {
    return Stream.concat(run.earlier().stream(), run.tasks().stream())
        .filter(task -> task.repair() == 0)
        .map(task -> task.id().value())
        .toList();
  }

  private static long millis(@Nullable Instant at) {
    return at == null ? 0 : at.toEpochMilli();
  }

  private Executions() {}
}
