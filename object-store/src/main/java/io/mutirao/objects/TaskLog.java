package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a task printed, as its worker kept it and as a dialect shows it.
 *
 * @param text the first {@link #KEPT_BYTES} at most; what is not UTF-8 is replaced
 * @param truncated whether the task printed more
 */
public record TaskLog(String text, boolean truncated) {

  /** How much is kept, in bytes: as much as the Jobs API gives back. */
  public static final int KEPT_BYTES = 5 * 1024 * 1024;

  /** One byte more than is kept is stored: it says that there was more. */
  public static final int STORED_BYTES = KEPT_BYTES + 1;

  /** The object of one attempt's log. */
  public static ObjectPath path(long run, long attempt) {
    return ObjectPath.of("logs", run, attempt);
  }

  /**
   * Stores a log.
   *
   * @param printed at most {@link #STORED_BYTES}
   */
  public static void store(ObjectStore store, long run, long attempt, InputStream printed)
      throws IOException {
    store.put(path(run, attempt), printed);
  }

  /** The log of an attempt, empty if it has none (yet). */
  public static Optional<TaskLog> read(ObjectStore store, long run, long attempt)
      throws IOException {
    return store
        .get(path(run, attempt), 0, KEPT_BYTES)
        .map(piece -> new TaskLog(new String(piece.bytes(), UTF_8), piece.size() > KEPT_BYTES));
  }
}
