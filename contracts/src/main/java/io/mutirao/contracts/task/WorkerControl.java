package io.mutirao.contracts.task;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.topic.Message;
import java.util.Objects;

/** What one worker incarnation is told, on {@code worker.control}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface WorkerControl extends Message {

  WorkerId worker();

  @Override
  default int lane(Lanes lanes, String messageId) {
    return lanes.of(worker().value());
  }

  @Override
  default String key(String messageId) {
    return worker().value();
  }

  /** End the attempt with its whole process tree; of an attempt that is over: nothing to do. */
  record StopTask(AttemptId attempt, RunId run, WorkerId worker) implements WorkerControl {
    public StopTask {
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(worker, "worker is missing");
    }
  }
}
