package io.mutirao.worker.execution;

import io.mutirao.contracts.task.TaskReport;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.contracts.task.TaskReport.WorkerBeat;
import io.mutirao.worker.report.Reports;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what was reported; each report arrives when the test says so, or at once. */
final class RecordedReports implements Reports {

  final List<TaskReport> sent = new CopyOnWriteArrayList<>();
  volatile CompletableFuture<Void> arrival = CompletableFuture.completedFuture(null);

  @Override
  public CompletableFuture<Void> send(TaskReport report, @Nullable String traceparent) {
    sent.add(report);
    return arrival;
  }

  TaskStarted start() {
    return only(TaskStarted.class);
  }

  TaskEnded end() {
    return only(TaskEnded.class);
  }

  private <R> R only(Class<R> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  /** The reports in a few words, in order. */
  List<String> words() {
    return sent.stream()
        .map(report ->
            switch (report) {
              case TaskStarted started -> "started " + started.attempt();
              case TaskEnded ended ->
                  "%s %s %s".formatted(ended.ending(), ended.attempt(), ended.message()).strip();
              case WorkerBeat beat -> "beat " + beat.attempts().size();
            })
        .toList();
  }
}
