package io.mutirao.worker.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.runner.Runner;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runners of this worker, by kind. */
public final class Runners {

  private final Map<String, Runner<?>> byKind = new HashMap<>();

  public Runners(List<Runner<?>> runners) {
    for (Runner<?> runner : runners) {
      if (byKind.put(runner.kind(), runner) != null) {
        throw new IllegalArgumentException("two runners for tasks of kind " + runner.kind());
      }
    }
  }

  /** Whether tasks of this kind end at once, without a slot. */
  public boolean isInstant(String kind) {
    Runner<?> runner = byKind.get(kind);
    return runner != null && runner.instant();
  }

  /** Whether there is such a kind at all. */
  public boolean haveInstant() {
    return byKind.values().stream().anyMatch(Runner::instant);
  }

  /** What to execute. An unknown kind and a spec that does not fit are rejections too. */
  public Plan plan(String kind, ObjectNode spec, Attempt attempt)
      throws IOException, InterruptedException {
    Runner<?> runner = byKind.get(kind);
    return runner == null
        ? new Plan.Rejected("this worker has no runner for tasks of kind " + kind, Plan.Why.INVALID)
        : plan(runner, spec, attempt);
  }

  private static <S extends Record> Plan plan(Runner<S> runner, ObjectNode spec, Attempt attempt)
      throws IOException, InterruptedException {
    S read;
    try {
      read = Codec.JSON.treeToValue(spec, runner.spec());
    } catch (JsonProcessingException e) {
      return new Plan.Rejected(
          "the task's settings do not fit a task of kind %s: %s"
              .formatted(runner.kind(), e.getOriginalMessage().lines().findFirst().orElse("")),
          Plan.Why.INVALID);
    }
    return runner.plan(read, attempt);
  }

  /** What a program left that was planned here. */
  public Results results(String kind, ObjectNode spec, Attempt attempt) throws IOException {
    Runner<?> runner = byKind.get(kind);
    return runner == null ? Results.NONE : results(runner, spec, attempt);
  }

  private static <S extends Record> Results results(
      Runner<S> runner, ObjectNode spec, Attempt attempt) throws IOException {
    return runner.results(Codec.JSON.treeToValue(spec, runner.spec()), attempt);
  }
}
