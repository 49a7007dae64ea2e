package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a task printed, as its worker kept it and as a dialect shows it. The object grows while the
 * task runs. Beside it stands when each part was printed, as lines of {@code OFFSET MILLIS}: what
 * stands from that byte on was printed then, or just before.
 *
 * @param text the first {@link #SHOWN_BYTES} at most; what is not UTF-8 is replaced
 * @param truncated whether the task printed more
 */
public record TaskLog(String text, boolean truncated) {

  /** How much of it is shown in one piece, in bytes: as much as the Jobs API gives back. */
  public static final int SHOWN_BYTES = 5 * 1024 * 1024;

  /** The object of one attempt's log. */
  public static ObjectPath path(long run, long attempt) {
    return ObjectPath.of("logs", run, attempt);
  }

  /** When its parts were printed. */
  public static ObjectPath times(long run, long attempt) {
    return ObjectPath.of("log-times", run, attempt);
  }

  /** Stores a log, in place of what was stored of it before. */
  public static void store(ObjectStore store, long run, long attempt, InputStream printed)
      throws IOException {
    store.put(path(run, attempt), printed);
  }

  /** The log of an attempt, empty if it has none (yet). */
  public static Optional<TaskLog> read(ObjectStore store, long run, long attempt)
      throws IOException {
    return store
        .get(path(run, attempt), 0, SHOWN_BYTES)
        .map(piece -> new TaskLog(new String(piece.bytes(), UTF_8), piece.size() > SHOWN_BYTES));
  }
}
