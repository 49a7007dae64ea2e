package io.mutirao.gateway.backend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Logs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.objects.NotebookView;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.Piece;
import io.mutirao.objects.TaskLog;
import io.mutirao.objects.TaskResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Logs, as the workers put them into the object store. */
@Singleton
final class StoredLogs implements Logs {

  private static final Logger log = Logger.getLogger(StoredLogs.class);

  private final ObjectStore store;

  StoredLogs(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<TaskLog> of(RunId run, AttemptId attempt) throws Rejected {
    try {
      return TaskLog.read(store, run.value(), attempt.value());
    } catch (IOException e) {
      throw away("log", run, e);
    }
  }

  @Override
  public Optional<Piece> piece(RunId run, AttemptId attempt, long from, int limit) throws Rejected {
    return read(TaskLog.path(run.value(), attempt.value()), run, from, limit);
  }

  @Override
  public Optional<Piece> times(RunId run, AttemptId attempt, long from, int limit) throws Rejected {
    return read(TaskLog.times(run.value(), attempt.value()), run, from, limit);
  }

  private Optional<Piece> read(ObjectPath object, RunId run, long from, int limit) throws Rejected {
    try {
      return store.get(object, from, limit);
    } catch (IOException e) {
      throw away("log", run, e);
    }
  }

  @Override
  public Optional<ObjectNode> result(RunId run, AttemptId attempt) throws Rejected {
    try {
      Optional<String> json = TaskResult.read(store, run.value(), attempt.value());
      return json.isEmpty()
          ? Optional.empty()
          : Optional.of(Codec.JSON.readValue(json.get(), ObjectNode.class));
    } catch (IOException e) {
      throw away("result", run, e);
    }
  }

  @Override
  public Optional<String> notebook(RunId run, AttemptId attempt) throws Rejected {
    try {
      return NotebookView.read(store, run.value(), attempt.value());
    } catch (IOException e) {
      throw away("notebook", run, e);
    }
  }

  private static Rejected away(String what, RunId run, IOException e) {
    log.warnf("The %s of run %s cannot be read from the object store: %s", what, run, e);
    return new Rejected(Problem.Away.forASecond("The object store is away"));
  }
}
