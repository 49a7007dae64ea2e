package io.mutirao.gateway.databricks;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The repair history of a run: the original execution first, then its repairs. */
final class Executions {

  static List<RunWire.Execution> of(RunView run, Version version) {
    List<RunWire.Execution> history = new ArrayList<>();
    history.add(original(run, version));
    for (RunView.Repair repair : run.repairs()) {
      StateMapping state = StateMapping.of(repair);
      history.add(
          new RunWire.Execution(
              "REPAIR",
              repair.id(),
              repair.startedAt().toEpochMilli(),
              millis(repair.endedAt()),
              state.state(version),
              state.status(version),
              repair.attempts().stream().map(AttemptId::value).toList()));
    }
    return history;
  }

  private static RunWire.Execution original(RunView run, Version version) {
    List<RunView.TaskRun> attempts =
        Stream.concat(run.earlier().stream(), run.tasks().stream())
            .filter(task -> task.repair() == 0)
            .toList();
    boolean repaired = !run.repairs().isEmpty();
    StateMapping state = repaired ? stateOf(attempts) : StateMapping.of(run);
    return new RunWire.Execution(
        "ORIGINAL",
        null,
        run.createdAt().toEpochMilli(),
        repaired ? millis(lastEnd(attempts)) : millis(run.endedAt()),
        state.state(version),
        state.status(version),
        attempts.stream().map(task -> task.id().value()).toList());
  }

  /** A run forgets how it ended first when it is repaired; its tasks still tell. */
  private static StateMapping stateOf(List<RunView.TaskRun> attempts) {
    Map<String, RunView.TaskRun> last = new LinkedHashMap<>();
    attempts.forEach(task -> last.put(task.key(), task));
    for (Result bad : List.of(Result.CANCELED, Result.TIMED_OUT, Result.FAILED, Result.ERROR)) {
      for (RunView.TaskRun task : last.values()) {
        if (task.result() == bad) {
          return StateMapping.of(task);
        }
      }
    }
    return new StateMapping(Phase.FINISHED, Result.SUCCEEDED, null, "", true, false);
  }

  private static @Nullable Instant lastEnd(List<RunView.TaskRun> attempts) {
    return attempts.stream()
        .map(RunView.TaskRun::endedAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static long millis(@Nullable Instant at) {
    return at == null ? 0 : at.toEpochMilli();
  }

  private Executions() {}
}
