package io.mutirao.gateway.databricks.clusters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Workers.PoolChange;
import io.mutirao.gateway.core.Workers.PoolView;
import io.mutirao.gateway.databricks.clusters.ClustersWire.Details;
import io.mutirao.gateway.databricks.clusters.ClustersWire.Event;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who came into a pool and who went, as events of a cluster. Pure. */
final class ClusterEvents {

  private static final String CAME = "UPSIZE_COMPLETED";
  private static final String WENT = "NODES_LOST";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  static ClustersWire.Events of(PoolView pool, Fields in) throws Rejected {
    String order = in.word("order", List.of("ASC", "DESC"));
    List<String> types = in.texts("event_types");
    Long from = in.optionalId("start_time");
    Long to = in.optionalId("end_time");
    int offset = in.whole("offset", 0, Integer.MAX_VALUE, 0);
    int limit = in.whole("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    List<Event> events = new ArrayList<>();
    for (PoolChange change : pool.changes()) {
      Event event = event(pool.pool(), change);
      if ((types.isEmpty() || types.contains(event.type()))
          && (from == null || event.timestamp() >= from)
          && (to == null || event.timestamp() <= to)) {
        events.add(event);
      }
    }
    Comparator<Event> byTime = Comparator.comparingLong(Event::timestamp);
    events.sort("ASC".equals(order) ? byTime : byTime.reversed());
    int end = (int) Math.min(events.size(), (long) offset + limit);
    return new ClustersWire.Events(
        offset >= end ? List.of() : events.subList(offset, end),
        events.size(),
        end < events.size() ? next(in, end) : null);
  }

  /** What to ask for the rest of them. */
  private static @Nullable ObjectNode next(Fields in, int offset) {
    return in.node().deepCopy().put("offset", offset);
  }

  private static Event event(String pool, PoolChange change) {
    return new Event(
        pool,
        change.at().toEpochMilli(),
        change.came() ? CAME : WENT,
        new Details(change.workers(), change.workers(), change.worker()));
  }

  private ClusterEvents() {}
}
