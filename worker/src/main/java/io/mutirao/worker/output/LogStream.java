package io.mutirao.worker.output;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.TaskLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** What one attempt prints, on its way to the object store. */
final class LogStream {

  private static final Logger LOG = Logger.getLogger(LogStream.class);

  private static final int PIECE = 1024 * 1024;

  private final RunId run;
  private final AttemptId attempt;
  private final Part times;
  private final Part text;

  /** Over: a look that comes late brings nothing more. */
  private boolean finished;

  LogStream(ObjectStore store, RunId run, AttemptId attempt, Path printed) {
    this.run = run;
    this.attempt = attempt;
    text = new Part(store, printed, TaskLog.path(run.value(), attempt.value()));
    times =
        new Part(
            store,
            printed.resolveSibling(printed.getFileName() + ".times"),
            TaskLog.times(run.value(), attempt.value()));
  }

  /** Brings what is new. The times first: whoever sees the text finds its time. */
  synchronized void bring() {
    if (!finished) {
      times.bring();
      text.bring();
    }
  }

  /** Brings the rest; nothing comes after it. */
  synchronized void finish() {
    finished = true;
    try {
      times.finish();
      text.finish();
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "The output of run %s, attempt %s, is lost: it cannot be stored", run, attempt);
    }
  }

  /** A file that only grows, and the object that it is brought to. Of one thread at a time. */
  private static final class Part {

    private final ObjectStore store;
    private final Path file;
    private final ObjectPath object;
    private long brought;

    /** A piece may have come twice, or not at all: in the end the whole is put again. */
    private boolean doubtful;

    Part(ObjectStore store, Path file, ObjectPath object) {
      this.store = store;
      this.file = file;
      this.object = object;
    }

    void bring() {
      try {
        append();
      } catch (IOException | RuntimeException e) {
        doubtful = true;
        LOG.warnf("%s is not brought as it grows, but at its end: %s", object, e);
      }
    }

    private void append() throws IOException {
      while (!doubtful && Files.exists(file)) {
        byte[] piece = read();
        if (piece.length == 0) {
          return;
        }
        long before = store.append(object, piece);
        doubtful = before != brought;
        brought += piece.length;
      }
    }

    private byte[] read() throws IOException {
      try (FileChannel channel = FileChannel.open(file)) {
        ByteBuffer piece = ByteBuffer.allocate(Math.clamp(channel.size() - brought, 0, PIECE));
        channel.read(piece, brought);
        byte[] bytes = new byte[piece.position()];
        piece.flip().get(bytes);
        return bytes;
      }
    }

    void finish() throws IOException {
      if (brought > 0 && !doubtful) {
        bring();
      }
      if ((brought == 0 || doubtful) && Files.exists(file)) {
        try (InputStream whole = Files.newInputStream(file)) {
          store.put(object, whole);
        }
      }
    }
  }
}
