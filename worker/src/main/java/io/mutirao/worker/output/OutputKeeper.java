package io.mutirao.worker.output;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.objects.NotebookView;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.TaskResult;
import io.mutirao.runner.Results;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Brings to the object store what tasks print, while they run and at their end, and what they
 * leave. A store that fails costs the log, never the end of the run.
 */
public final class OutputKeeper implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(OutputKeeper.class);

  private final ObjectStore store;
  private final int limit;
  private final Map<AttemptId, LogStream> live = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("logs").factory());

  /**
   * Starts bringing.
   *
   * @param limit how much of what one task prints is kept, in bytes
   * @param pause between two looks at what running tasks have printed
   */
  public OutputKeeper(ObjectStore store, int limit, Duration pause) {
    this.store = store;
    this.limit = limit;
    var _ =
        timer.scheduleWithFixedDelay(
            this::bring, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  public ObjectStore store() {
    return store;
  }

  public int limit() {
    return limit;
  }

  private void bring() {
    for (LogStream stream : live.values()) {
      try {
        stream.bring();
      } catch (RuntimeException e) {
        LOG.error("The output of a running task cannot be read; its end brings it", e);
      }
    }
  }

  /** From now on what an attempt prints is brought as it comes. */
  public void follow(RunId run, AttemptId attempt, Path printed) {
    live.put(attempt, new LogStream(store, run, attempt, printed));
  }

  /**
   * Stores the rest of what an attempt printed.
   *
   * @param printed not there when nothing was printed
   */
  public void keep(RunId run, AttemptId attempt, Path printed) {
    LogStream followed = live.remove(attempt);
    LogStream stream = followed == null ? new LogStream(store, run, attempt, printed) : followed;
    stream.finish();
  }

  /** Stores what an attempt left. Unlike its log it is what the task was for. */
  public void keep(RunId run, AttemptId attempt, Results results) throws IOException {
    if (results.output() != null) {
      TaskResult.store(store, run.value(), attempt.value(), results.output().toString());
    }
    if (results.view() != null) {
      try (InputStream content = Files.newInputStream(results.view())) {
        NotebookView.store(store, run.value(), attempt.value(), content);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
