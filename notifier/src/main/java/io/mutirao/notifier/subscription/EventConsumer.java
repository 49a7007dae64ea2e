package io.mutirao.notifier.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.job.JobEvent.JobDeleted;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneBatch;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.LaneHandler;
import io.mutirao.notifier.delivery.DeliveryStore;
import io.mutirao.notifier.delivery.Doorbell;
import io.mutirao.notifier.notice.Announcement;
import io.mutirao.notifier.notice.Announcements;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads every event and writes down what is to be sent, in the order of the events. A run that
 * nobody wants to hear of costs no row: its batch moves the lane's row only.
 */
@Singleton
public final class EventConsumer implements LaneHandler {

  private final SeenEvents seen = new SeenEvents();
  private final Map<Integer, Subscriptions> lanes = new HashMap<>();
  private final Doorbell doorbell;
  private final MeterRegistry metrics;

  EventConsumer(Doorbell doorbell, MeterRegistry metrics) {
    this.doorbell = doorbell;
    this.metrics = metrics;
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(Topics.RUN_EVENTS, Topics.JOB_EVENTS);
  }

  @Override
  public void takeOver(int lane, Connection db) throws SQLException {
    // What was counted stays counted, even when the batch did not commit: seen is not forgotten.
    lanes.put(lane, Subscriptions.read(db, lane));
  }

  @Override
  public void release(int lane) {
    seen.forget(lane);
    lanes.remove(lane);
  }

  @Override
  public void handle(LaneBatch batch, LaneChanges changes, Connection db) {
    Subscriptions subscriptions =
        lanes.computeIfAbsent(batch.lane(), _ -> new Subscriptions(batch.lane()));
    List<Announcement> told = new ArrayList<>();
    for (Envelope<? extends Message> input : batch.inputs()) {
      switch (input.message()) {
        case RunEvent event -> {
          if (seen.isNew(batch.lane(), event)) {
            count(event);
          }
          told.addAll(onEvent(event, subscriptions));
        }
        case JobDeleted gone -> told.addAll(Announcements.of(gone));
        default -> {} // created and changed jobs: nobody is told
      }
    }
    subscriptions.write(changes);
    DeliveryStore.announce(changes, told);
    if (!told.isEmpty()) {
      doorbell.announce();
    }
  }

  private static List<Announcement> onEvent(RunEvent event, Subscriptions subscriptions) {
    if (event instanceof RunQueued queued) {
      subscriptions.begin(queued);
      return List.of();
    }
    List<Announcement> told =
        subscriptions.of(event).map(queued -> Announcements.of(event, queued)).orElse(List.of());
    if (event instanceof RunFinished) {
      subscriptions.end(event);
    }
    return told;
  }

  private void count(RunEvent event) {
    metrics.counter("mutirao_run_events", "type", event.getClass().getSimpleName()).increment();
    if (event instanceof RunFinished finished) {
      metrics.counter("mutirao_runs_finished", "result", finished.result().name()).increment();
    }
  }
}
