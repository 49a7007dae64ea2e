package io.mutirao.registry.schedule;

import io.mutirao.objects.Entry;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks at files beside the lanes, which must not wait for a store: a look is ordered, and what it
 * saw is fetched later.
 */
final class FileWatch {

  /** The most files that one trigger watches; those beyond are not seen. */
  private static final int MOST = 10_000;

  private static final Logger log = Logger.getLogger(FileWatch.class);
  private static final String DBFS = "dbfs:/";

  /**
   * What is looked at.
   *
   * @param term what was seen before a lane was taken over is not told after it
   */
  record Place(int term, long job, ObjectPath folder) {}

  /**
   * What a look has seen.
   *
   * @param files when each was put, in milliseconds since 1970; none: the store could not be
   *     reached
   */
  record Look(Optional<Map<String, Long>> files) {}

  private final ObjectStore store;
  private final Set<Place> looking = ConcurrentHashMap.newKeySet();
  private final Map<Place, Look> seen = new ConcurrentHashMap<>();

  FileWatch(ObjectStore store) {
    this.store = store;
  }

  /** Where in the store that is; none when it is somewhere else. */
  static Optional<ObjectPath> folder(String url) {
    if (!url.startsWith(DBFS)) {
      return Optional.empty();
    }
    String name = ("dbfs/" + url.substring(DBFS.length())).replaceAll("/+", "/");
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return ObjectPath.wrongWith(path) == null
        ? Optional.of(new ObjectPath(path))
        : Optional.empty();
  }

  /** What the last look saw, once; none yet: one is under way. */
  Optional<Look> look(Place place) {
    Look last = seen.remove(place);
    if (last == null && looking.add(place)) {
      Thread.startVirtualThread(() -> {
        seen.put(place, new Look(files(place)));
        looking.remove(place);
      });
    }
    return Optional.ofNullable(last);
  }

  private Optional<Map<String, Long>> files(Place place) {
    Map<String, Long> files = new HashMap<>();
    Queue<ObjectPath> left = new ArrayDeque<>();
    left.add(place.folder());
    try {
      while (!left.isEmpty() && files.size() < MOST) {
        for (Entry entry : store.list(left.remove())) {
          if (entry.folder()) {
            left.add(entry.path());
          } else {
            files.put(entry.path().value(), entry.modifiedAt().toEpochMilli());
          }
        }
      }
    } catch (IOException e) {
      log.warnf(
          "Job %d waits for files in %s, which cannot be seen: %s", place.job(), place.folder(), e);
      return Optional.empty();
    }
    if (!left.isEmpty()) {
      log.warnf(
          "Below %s are more than %d files; not all are watched", place.folder(), (Object) MOST);
    }
    return Optional.of(files);
  }
}
