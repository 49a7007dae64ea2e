package io.mutirao.gateway.databricks.dbfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.LaneKey;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.StoredFiles;
import io.mutirao.objects.Entry;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore.Change;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Files that come in pieces. All that is known of one is in the object store under its handle, so
 * that any gateway goes on with it; the file is seen when it is whole.
 */
@Singleton
final class Uploads {

  /** How long a handle is good without a piece (DBFS API 2.0, Create). */
  static final Duration IDLE = Duration.ofMinutes(10);

  /** What was left behind is cleaned away by later uploads, some at a time. */
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private static final int CLEANED_AT_ONCE = 20;
  private static final ObjectPath ALL = new ObjectPath("uploads/dbfs");
  private static final int MOST_WORDS = 4_096;

  private final StoredFiles files;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Uploads(StoredFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  /**
   * Where a file is to be, and who sends it.
   *
   * @param by the user who opened it, the only one who may go on
   */
  record Target(DbfsPath path, boolean overwrite, String by) {

    String words() {
      return overwrite + "\n" + by + "\n" + path.text();
    }

    static Target of(String words) throws Rejected {
      String[] lines = words.split("\n", 3);
      return new Target(DbfsPath.of("path", lines[2]), Boolean.parseBoolean(lines[0]), lines[1]);
    }
  }

  long open(Target target) throws Rejected {
    clean();
    long handle = random.nextLong(1, LaneKey.MAX);
    files.put(words(handle), target.words().getBytes(UTF_8), false);
    files.append(content(handle), new byte[0]);
    return handle;
  }

  void add(long handle, String by, byte[] block) throws Rejected {
    find(handle, by);
    files.append(content(handle), block);
  }

  /** The file is seen from now on, or why not. */
  Change close(long handle, String by) throws Rejected {
    Target target = find(handle, by);
    Change change = files.move(content(handle), target.path().object(), target.overwrite());
    files.delete(folder(handle), true);
    return change;
  }

  Target find(long handle, String by) throws Rejected {
    Optional<Entry> content = files.find(content(handle));
    var words = files.read(words(handle), 0, MOST_WORDS);
    if (content.isEmpty() || words.isEmpty() || isIdle(content.get(), IDLE)) {
      throw noStream(handle);
    }
    Target target = Target.of(new String(words.get().bytes(), UTF_8));
    if (!target.by().equals(by)) {
      throw noStream(handle);
    }
    return target;
  }

  private void clean() throws Rejected {
    List<Entry> all = files.list(ALL);
    int cleaned = 0;
    for (Entry upload : all) {
      if (cleaned < CLEANED_AT_ONCE && isIdle(upload, LEFT_BEHIND)) {
        Optional<Entry> content = files.find(ObjectPath.of(upload.path().value(), "content"));
        if (content.isEmpty() || isIdle(content.get(), LEFT_BEHIND)) {
          files.delete(upload.path(), true);
          cleaned++;
        }
      }
    }
  }

  private boolean isIdle(Entry entry, Duration time) {
    return entry.modifiedAt().plus(time).isBefore(clock.instant());
  }

  private static Rejected noStream(long handle) {
    return new Rejected(new Problem.Missing("No stream is open with the handle " + handle + "."));
  }

  private static ObjectPath folder(long handle) {
    return ObjectPath.of(ALL.value(), handle);
  }

  private static ObjectPath content(long handle) {
    return ObjectPath.of(ALL.value(), handle, "content");
  }

  private static ObjectPath words(long handle) {
    return ObjectPath.of(ALL.value(), handle, "target");
  }
}
