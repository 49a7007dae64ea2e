package io.mutirao.notifier.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationPage;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.contracts.topic.Codec;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notification destinations in PostgreSQL. */
public final class DestinationStore {

  /** The columns of a destination, for whoever joins it. */
  public static final String COLUMNS =
      "destination.id, destination.name, destination.kind, destination.fields,"
          + " destination.addresses";

  private static final String PUT =
      """
      insert into destination (id, name, kind, fields, addresses) values (?, ?, ?, ?::json, ?)
      on conflict (id) do update
        set name = excluded.name, kind = excluded.kind, fields = excluded.fields,
            addresses = excluded.addresses
      """;

  /** Nothing when it is to be changed and is not there. */
  static Optional<DestinationView> put(Connection db, String id, DestinationOrder order)
      throws SQLException {
    db.setAutoCommit(false);
    try {
      Optional<Destination> before = find(db, id, " for update");
      if (before.isEmpty() && !order.create()) {
        return Optional.empty();
      }
      Destination now =
          before.map(d -> d.changed(order)).orElseGet(() -> Destination.of(id, order));
      try (PreparedStatement put = db.prepareStatement(PUT)) {
        put.setString(1, id);
        put.setString(2, now.name());
        put.setString(3, now.kind().name());
        put.setString(4, json(now.fields()));
        put.setArray(5, db.createArrayOf("text", now.addresses().toArray()));
        put.executeUpdate();
      }
      db.commit();
      return Optional.of(now.view());
    } finally {
      db.rollback();
      db.setAutoCommit(true);
    }
  }

  static Optional<DestinationView> find(Connection db, String id) throws SQLException {
    return find(db, id, "").map(Destination::view);
  }

  private static Optional<Destination> find(Connection db, String id, String lock)
      throws SQLException {
    String sql = "select " + COLUMNS + " from destination where id = ?" + lock;
    try (PreparedStatement find = db.prepareStatement(sql)) {
      find.setString(1, id);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next() ? Optional.ofNullable(read(rows, 1)) : Optional.empty();
      }
    }
  }

  /**
   * A page of them, by id.
   *
   * @param after the id where the page before ended; empty: the first page
   */
  static DestinationPage page(Connection db, String after, int limit) throws SQLException {
    String sql = "select " + COLUMNS + " from destination where id > ? order by id limit ?";
    List<DestinationView> found = new ArrayList<>();
    try (PreparedStatement find = db.prepareStatement(sql)) {
      find.setString(1, after);
      find.setInt(2, limit + 1);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          Destination destination = read(rows, 1);
          if (destination != null) {
            found.add(destination.view());
          }
        }
      }
    }
    boolean more = found.size() > limit;
    List<DestinationView> shown = more ? found.subList(0, limit) : found;
    return new DestinationPage(shown, more ? shown.getLast().id() : null);
  }

  static void delete(Connection db, String id) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement("delete from destination where id = ?")) {
      delete.setString(1, id);
      delete.executeUpdate();
    }
  }

  /** From {@link #COLUMNS}, which begin at {@code at}; null when there is none in this row. */
  public static @Nullable Destination read(ResultSet row, int at) throws SQLException {
    String id = row.getString(at);
    if (id == null) {
      return null;
    }
    return new Destination(
        id,
        row.getString(at + 1),
        DestinationKind.valueOf(row.getString(at + 2)),
        fields(row.getString(at + 3)),
        List.of((String[]) row.getArray(at + 4).getArray()));
  }

  private static String json(Map<String, String> fields) {
    try {
      return Codec.JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("fields that cannot be written are a bug", e);
    }
  }

  private static Map<String, String> fields(String json) {
    try {
      return Codec.JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("stored fields cannot be read", e);
    }
  }

  private DestinationStore() {}
}
