package io.mutirao.gateway.backend;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Workers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says of runs and tasks that wait for a pool in which there is no worker that they do. */
record EmptyPools(Workers workers) {

  private static final Set<String> NO_WORKER_NEEDED =
      Set.of(Task.CONDITION, Task.FOR_EACH, Task.RUN_JOB);

  /** A page of which nothing is to be said is given back itself. */
  RunPage explained(RunPage page) {
    if (!workers.anyPoolIsEmpty()) {
      return page;
    }
    List<RunView> runs = page.runs().stream().map(this::explained).toList();
    return runs.equals(page.runs()) ? page : new RunPage(runs, page.older(), page.newer());
  }

  /** A run of which nothing is to be said is given back itself. */
  RunView explained(RunView run) {
    if (run.phase() == Phase.FINISHED || !workers.anyPoolIsEmpty()) {
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
