package io.mutirao.notifier.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.contracts.topic.Unreadable;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who hears of the executions of one lane that are not over. Memory and database have the same: a
 * batch that does not commit is forgotten with the memory.
 */
final class Subscriptions {

  private record Execution(RunId run, int repair) {
    static Execution of(RunEvent event) {
      return new Execution(event.run(), event.repair());
    }
  }

  private static final String BEGIN =
      """
      insert into subscription (run_id, repair, lane, queued)
      select run_id, repair, ?, queued from unnest(?, ?, ?) as begun (run_id, repair, queued)
      on conflict (run_id, repair) do nothing
      """;

  private static final String END =
      """
      delete from subscription
       using unnest(?, ?) as ended (run_id, repair)
       where subscription.run_id = ended.run_id and subscription.repair = ended.repair
      """;

  private final int lane;
  private final Map<Execution, RunQueued> open = new HashMap<>();

  /** Of the batch at hand. */
  private final Map<Execution, RunQueued> begun = new HashMap<>();

  private final Set<Execution> ended = new HashSet<>();

  Subscriptions(int lane) {
    this.lane = lane;
  }

  static Subscriptions read(Connection db, int lane) throws SQLException {
    Subscriptions subscriptions = new Subscriptions(lane);
    try (PreparedStatement read =
        db.prepareStatement("select queued from subscription where lane = ?")) {
      read.setInt(1, lane);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          RunQueued queued = queued(rows.getString(1));
          subscriptions.open.put(Execution.of(queued), queued);
        }
      }
    }
    return subscriptions;
  }

  void begin(RunQueued queued) {
    if (queued.notices() != null) {
      open.put(Execution.of(queued), queued);
      begun.put(Execution.of(queued), queued);
    }
  }

  /** What was said when it began; nothing when nobody wants to hear of it. */
  Optional<RunQueued> of(RunEvent event) {
    return Optional.ofNullable(open.get(Execution.of(event)));
  }

  void end(RunEvent event) {
    Execution execution = Execution.of(event);
    if (open.remove(execution) != null) {
      begun.remove(execution);
      // Also when it began in this batch: that may have been a repeat, and the row be there.
      ended.add(execution);
    }
  }

  /** What the batch at hand changed. */
  void write(LaneChanges changes) {
    if (!begun.isEmpty()) {
      changes.write(
          BEGIN,
          lane,
          SqlArray.of("bigint", begun.keySet(), e -> e.run().value()),
          SqlArray.of("int", begun.keySet(), Execution::repair),
          SqlArray.of("json", begun.values(), q -> new String(Codec.encode(q), UTF_8)));
      begun.clear();
    }
    if (!ended.isEmpty()) {
      changes.write(
          END,
          SqlArray.of("bigint", ended, e -> e.run().value()),
          SqlArray.of("int", ended, Execution::repair));
      ended.clear();
    }
  }

  private static RunQueued queued(String json) {
    try {
      return (RunQueued) Codec.decode(Topics.RUN_EVENTS, json.getBytes(UTF_8));
    } catch (Unreadable e) {
      throw new IllegalStateException("a kept subscription cannot be read", e);
    }
  }
}
