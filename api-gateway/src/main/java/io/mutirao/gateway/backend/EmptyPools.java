package io.mutirao.gateway.backend;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Workers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says of runs and tasks that wait for a pool in which there is no worker that they do. */
record EmptyPools(Workers workers) {

  private static final Set<String> NO_WORKER_NEEDED =
      Set.of(Task.CONDITION, Task.FOR_EACH, Task.RUN_JOB);

  Fresh<RunPage> explainedPage(Fresh<RunPage> read) {
    RunPage page = read.what();
    if (page.runs().stream().allMatch(EmptyPools::isOver)) {
      return read;
    }
    if (noneIsEmpty()) {
      return read.and(this::noneIsEmpty);
    }
    List<RunView> runs = page.runs().stream().map(this::explained).toList();
    return Fresh.now(
        runs.equals(page.runs()) ? page : new RunPage(runs, page.older(), page.newer()));
  }

  /** Workers come and go without any run changing. */
  Fresh<RunView> explainedRun(Fresh<RunView> read) {
    if (isOver(read.what())) {
      return read;
    }
    return noneIsEmpty() ? read.and(this::noneIsEmpty) : Fresh.now(explained(read.what()));
  }

  private boolean noneIsEmpty() {
    return !workers.anyPoolIsEmpty();
  }

  private static boolean isOver(RunView run) {
    return run.phase() == Phase.FINISHED;
  }

  /** A run of which nothing is to be said is given back itself. */
  RunView explained(RunView run) {
    if (isOver(run)) {
      return run;
    }
    List<RunView.TaskRun> tasks = explained(run, run.tasks());
    List<RunView.TaskRun> iterations = explained(run, run.iterations());
    if (tasks.equals(run.tasks()) && iterations.equals(run.iterations())) {
      return run;
    }
    boolean waits = run.phase() == Phase.PENDING && run.message().isEmpty();
    return run.saying(
        waits
            ? tasks.stream()
                .map(RunView.TaskRun::message)
                .filter(m -> !m.isEmpty())
                .findFirst()
                .orElse("")
            : run.message(),
        tasks,
        iterations);
  }

  private List<RunView.TaskRun> explained(RunView run, List<RunView.TaskRun> tasks) {
    return tasks.stream()
        .map(task -> why(run.definition(), task).map(task::saying).orElse(task))
        .toList();
  }

  private Optional<String> why(JobDefinition job, RunView.TaskRun task) {
    if (task.phase() != Phase.PENDING || task.worker() != null || !task.message().isEmpty()) {
      return Optional.empty();
    }
    return job.tasks().stream()
        .filter(known -> known.key().equals(task.key()))
        .filter(known -> !NO_WORKER_NEEDED.contains(kind(known, task)))
        .map(known -> Objects.requireNonNullElse(known.pool(), job.pool()))
        .findAny()
        .flatMap(workers::emptyPool)
        .map(pool -> "Waiting for a worker: there is none in pool " + pool + ".");
  }

  private static String kind(Task task, RunView.TaskRun run) {
    return run.iteration() == null ? task.kind() : task.spec().path("task").path("kind").asText();
  }
}
