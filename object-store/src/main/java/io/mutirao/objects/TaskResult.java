package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What a task gave back besides its log: one JSON object, in words of its kind. A notebook: {@code
 * value}, {@code truncated}. A query: {@code columns}, {@code rows}, {@code truncated}.
 */
public final class TaskResult {

  /** More is not read: a runner cuts what it gives back. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  /** The object of one attempt's result. */
  public static ObjectPath path(long run, long attempt) {
    return ObjectPath.of("results", run, attempt);
  }

  public static void store(ObjectStore store, long run, long attempt, String json)
      throws IOException {
    store.put(path(run, attempt), new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  /** Empty if it left none. */
  public static Optional<String> read(ObjectStore store, long run, long attempt)
      throws IOException {
    return store
        .get(path(run, attempt), 0, MAX_BYTES)
        .map(piece -> new String(piece.bytes(), UTF_8));
  }

  private TaskResult() {}
}
