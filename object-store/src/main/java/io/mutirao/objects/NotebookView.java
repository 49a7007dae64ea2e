package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A notebook with its output as HTML, as its worker kept it after an attempt. */
public final class NotebookView {

  /** More is not kept. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  /** The object of one attempt's notebook. */
  public static ObjectPath path(long run, long attempt) {
    return ObjectPath.of("views", run, attempt);
  }

  /** Stores a notebook, in place of what was kept of the attempt before. */
  public static void store(ObjectStore store, long run, long attempt, InputStream html)
      throws IOException {
    store.put(path(run, attempt), html);
  }

  /** Empty if none was kept. */
  public static Optional<String> read(ObjectStore store, long run, long attempt)
      throws IOException {
    return store
        .get(path(run, attempt), 0, MAX_BYTES)
        .map(piece -> new String(piece.bytes(), UTF_8));
  }

  private NotebookView() {}
}
