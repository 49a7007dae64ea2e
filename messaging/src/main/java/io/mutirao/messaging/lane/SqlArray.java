package io.mutirao.messaging.lane;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A parameter for {@code unnest(?)}.
 *
 * @param type the element's PostgreSQL type, for example {@code bigint}
 */
public record SqlArray(String type, @Nullable Object[] elements) {

  /** One element for each row, made by {@code column}; instants and enums go as text. */
  public static <T> SqlArray of(
      String type, Collection<T> rows, Function<T, @Nullable Object> column) {
    @Nullable Object[] elements = new Object[rows.size()];
    int at = 0;
    for (T row : rows) {
      Object value = column.apply(row);
      elements[at++] =
          value == null || value instanceof Number || value instanceof Boolean
              ? value
              : value.toString();
    }
    return new SqlArray(type, elements);
  }

  public Array in(Connection db) throws SQLException {
    return db.createArrayOf(type, elements);
  }
}
