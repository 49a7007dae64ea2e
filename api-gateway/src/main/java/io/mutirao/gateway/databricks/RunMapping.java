package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs as a version shows them to a caller.
 *
 * @param base where the caller reached us, for links
 * @param creators who is still named
 */
record RunMapping(Version version, String base, Creators creators) {

  static final String JOB_RUN = "JOB_RUN";
  static final String SUBMIT_RUN = "SUBMIT_RUN";

  RunWire.Page page(RunPage page, boolean expand) {
    boolean tokens = version.hasTasks();
    return new RunWire.Page(
        page.runs().stream().map(run -> listed(run, expand)).toList(),
        version.hasPieces() ? null : page.older() != null,
        tokens ? page.older() : null,
        tokens ? page.newer() : null);
  }

  private RunWire listed(RunView run, boolean expand) {
    return run(run, new Shown(expand || !version.hasTasks(), false, null));
  }

  /**
   * A run by its id, or one of its tasks by the task's.
   *
   * @param history whether its repairs were asked for
   */
  RunWire found(RunView run, long id, boolean history, Pieces pieces) {
    RunView.TaskRun task = id == run.run().value() ? null : run.taskOf(id);
    return task == null ? run(run, new Shown(true, history, pieces)) : task(run, task);
  }

  /**
   * What to show of a run.
   *
   * @param tasks whether its tasks and clusters
   * @param history whether its repairs
   * @param pieces which piece of its arrays; null: as an item of a list
   */
  private record Shown(boolean tasks, boolean history, @Nullable Pieces pieces) {}

  private RunWire run(RunView run, Shown shown) {
    ObjectNode settings = run.definition().settings();
    boolean several = version.hasTasks() || settings.hasNonNull("tasks") || run.tasks().size() > 1;
    boolean alone = run.tasks().size() == 1 && shown.tasks;
    TaskRunMapping tasks = new TaskRunMapping(version, run, base);
    Pieces pieces = shown.pieces == null ? new Pieces(0) : shown.pieces;
    List<RunWire.TaskRun> all = several && shown.tasks ? tasks.all() : null;
    List<RunWire.JobParameter> parameters = jobParameters(run);
    List<RunWire.Execution> history =
        shown.history && version.hasTasks() ? Executions.of(run, version) : null;
    boolean cut = version.hasPieces();
    String next = cut ? pieces.next(size(all), size(parameters), size(history)) : null;
    RunWire.Times times = Durations.of(run);
    return new RunWire(
        run.job().value(),
        run.run().value(),
        null,
        creators.shown(run.by()),
        run.numberInJob(),
        run.firstRun().value(),
        StateMapping.of(run).state(version),
        StateMapping.of(run).status(version),
        schedule(run),
        several ? null : TaskRunMapping.task(settings),
        cut ? piece(pieces, all) : all,
        several && shown.tasks ? settings.get("job_clusters") : null,
        alone ? ClusterMapping.spec(tasks.settings(run.tasks().getFirst())) : null,
        alone ? tasks.clusterInstance(run.tasks().getFirst()) : null,
        settings.get("git_source"),
        RunParameters.shown(run),
        cut ? piece(pieces, parameters) : parameters,
        several ? Durations.none(times) : times,
        several ? Durations.whole(run) : null,
        trigger(run.trigger()),
        run.definition().name(),
        base + "/?o=0#job/" + run.job() + "/run/" + run.run(),
        run.submitted() ? SUBMIT_RUN : JOB_RUN,
        run.attemptNumber(),
        several ? "MULTI_TASK" : null,
        version.hasTasks() ? settings.path("description").textValue() : null,
        null,
        cut ? piece(pieces, history) : history,
        (shown.pieces == null && next != null) ? true : null,
        shown.pieces == null ? null : next);
  }

  private static int size(@Nullable List<?> items) {
    return items == null ? 0 : items.size();
  }

  private static <T> @Nullable List<T> piece(Pieces pieces, @Nullable List<T> items) {
    return items == null ? null : pieces.cut(items);
  }

  /** A task as a run of its own. */
  private RunWire task(RunView run, RunView.TaskRun task) {
    TaskRunMapping tasks = new TaskRunMapping(version, run, base);
    ObjectNode settings = tasks.settings(task);
    StateMapping state = StateMapping.of(task);
    return new RunWire(
        run.job().value(),
        task.id().value(),
        run.run().value(),
        creators.shown(run.by()),
        run.numberInJob(),
        tasks.firstAttempt(task),
        state.state(version),
        state.status(version),
        schedule(run),
        TaskRunMapping.task(settings),
        version.hasTasks() ? List.of(tasks.wire(task)) : null,
        null,
        ClusterMapping.spec(settings),
        tasks.clusterInstance(task),
        run.definition().settings().get("git_source"),
        RunParameters.shown(run),
        jobParameters(run),
        Durations.of(task),
        null,
        trigger(run.trigger()),
        task.key(),
        base + "/?o=0#job/" + run.job() + "/run/" + task.id(),
        run.submitted() ? SUBMIT_RUN : JOB_RUN,
        task.attemptNumber(),
        null,
        null,
        version.hasTasks() ? tasks.iterations(task) : null,
        null,
        null,
        null);
  }

  private @Nullable List<RunWire.JobParameter> jobParameters(RunView run) {
    if (!version.hasTasks() || run.jobParameters().isEmpty()) {
      return null;
    }
    Map<String, String> defaults = run.definition().parameters();
    return run.jobParameters().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(given -> {
          String otherwise = defaults.get(given.getKey());
          boolean same = Objects.equals(otherwise, given.getValue());
          return new RunWire.JobParameter(
              given.getKey(), otherwise, same ? null : given.getValue());
        })
        .toList();
  }

  /** TriggerType: 2.0 has three words. */
  private String trigger(RunTrigger trigger) {
    boolean plain = !version.hasTasks();
    return switch (trigger) {
      case ONE_TIME -> "ONE_TIME";
      case PERIODIC -> "PERIODIC";
      case RETRY -> "RETRY";
      case RUN_JOB -> plain ? "ONE_TIME" : "RUN_JOB_TASK";
      case FILE_ARRIVAL -> plain ? "PERIODIC" : "FILE_ARRIVAL";
      case CONTINUOUS -> plain ? "PERIODIC" : "CONTINUOUS";
    };
  }

  /** The schedule as it was, for a run that it started. */
  private static @Nullable JsonNode schedule(RunView run) {
    return run.trigger() == RunTrigger.PERIODIC
        ? run.definition().settings().get("schedule")
        : null;
  }
}
