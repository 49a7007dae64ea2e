package io.mutirao.worker.output;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.objects.NotebookView;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.TaskLog;
import io.mutirao.objects.TaskResult;
import io.mutirao.runner.Results;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Keeps the output of ended tasks. A store that fails costs the log, never the end of the run. */
public record OutputKeeper(ObjectStore store) {

  private static final Logger LOG = Logger.getLogger(OutputKeeper.class);

  /**
   * Stores what an attempt printed.
   *
   * @param printed not there when the task never ran
   */
  public void keep(RunId run, AttemptId attempt, Path printed) {
    try (InputStream content = Files.newInputStream(printed)) {
      TaskLog.store(store, run.value(), attempt.value(), content);
    } catch (NoSuchFileException _) {
      LOG.debugf("Attempt %s printed nothing", attempt);
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "The output of run %s, attempt %s, is lost: it cannot be stored", run, attempt);
    }
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
}
