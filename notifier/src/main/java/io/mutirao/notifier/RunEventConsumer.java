package io.mutirao.notifier;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneBatch;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.LaneHandler;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;

/** Reads every run event and counts it. No row for an event: a batch moves the lane's row only. */
@Singleton
public final class RunEventConsumer implements LaneHandler {

  private final SeenEvents seen = new SeenEvents();
  private final MeterRegistry metrics;

  RunEventConsumer(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(Topics.RUN_EVENTS);
  }

  @Override
  public void takeOver(int lane, Connection db) {
    // What was counted stays counted, even when the batch did not commit: seen is not forgotten.
  }

  @Override
  public void release(int lane) {
    seen.forget(lane);
  }

  @Override
  public void handle(LaneBatch batch, LaneChanges changes, Connection db) {
    for (Envelope<? extends Message> input : batch.inputs()) {
      RunEvent event = (RunEvent) input.message();
      if (seen.isNew(batch.lane(), event)) {
        count(event);
      }
    }
  }

  private void count(RunEvent event) {
    metrics.counter("mutirao_run_events", "type", event.getClass().getSimpleName()).increment();
    if (event instanceof RunEvent.RunFinished finished) {
      metrics.counter("mutirao_runs_finished", "result", finished.result().name()).increment();
    }
  }
}
