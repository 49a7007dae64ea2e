package io.mutirao.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** What a first user would do, and often enough that the JIT notes it. */
record TrainingLoad(JobsClient client, Consumer<String> progress) {

  private static final int CALLERS = 8;
  private static final int RUNS_PER_CALLER = 100;

  void run(Path script) throws IOException, InterruptedException {
    Files.writeString(script, "print('training')\n");
    progress.accept("training: a Python task");
    long python =
        client.create(
            Map.of(
                "name",
                "training-python",
                "existing_cluster_id",
                "default",
                "spark_python_task",
                Map.of("python_file", "file:" + script)));
    long run = client.runNow(python);
    awaitEnd(run);
    client.output(run);
    progress.accept("training: " + CALLERS * RUNS_PER_CALLER + " runs that do nothing");
    long noop =
        client.create(
            Map.of(
                "name",
                "training-noop",
                "existing_cluster_id",
                "default",
                "max_concurrent_runs",
                1_000,
                "noop_task",
                Map.of()));
    callers(noop);
    client.get("list");
    client.get("get?job_id=" + noop);
    client.get("runs/list?job_id=" + noop);
  }

  private void callers(long job) throws IOException, InterruptedException {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        all.add(callers.submit(() -> call(job)));
      }
      for (Future<?> caller : all) {
        caller.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private Object call(long job) throws IOException, InterruptedException {
    for (int i = 0; i < RUNS_PER_CALLER; i++) {
      awaitEnd(client.runNow(job));
    }
    return job;
  }

  private void awaitEnd(long run) throws IOException, InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      if (JobsClient.isFinal(client.run(run))) {
        return;
      }
      Thread.sleep(5);
    }
    throw new IOException("run " + run + " has not ended");
  }
}
