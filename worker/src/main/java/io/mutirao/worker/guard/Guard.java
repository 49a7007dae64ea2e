package io.mutirao.worker.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs so that none outlives its lease: see {@code guard.py}. Keeps one guard process
 * alive; when it dies, its tasks end as {@link Ended.Unguarded} and a new one takes what comes.
 * Deadlines are {@link System#nanoTime} values.
 */
public final class Guard implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Guard.class);
  private static final String SCRIPT = "guard.py";
  private static final String WARM = "warm.py";

  /** As long as an id may be: the true one is written over it. */
  private static final String UNKNOWN_ATTEMPT = "0".repeat(19);

  private final Interpreter python;
  private final Path folder;
  private int lives;
  private final Map<Path, GuardOrder.Warm> warm = new LinkedHashMap<>();
  private WarmInterpreters environments = WarmInterpreters.NONE;
  private @Nullable GuardProcess current;

  /**
   * @param folder exists, and is this worker's own
   */
  public Guard(Interpreter python, Path folder) {
    this.python = python;
    this.folder = folder;
  }

  /**
   * Starts a task. Whatever happens, {@code onEnd} is called once.
   *
   * @param until the task is killed then, unless renewed
   */
  public void start(GuardedTask task, long until) {
    alive().start(task, until);
    GuardedTask.Script script = task.warm();
    if (script != null && !script.python().equals(python.path())) {
      synchronized (this) {
        environments.use(script.python(), System.nanoTime());
      }
    }
  }

  /** SIGTERM to the task's group, after the grace SIGKILL to its tree. Unknown or over: nothing. */
  public synchronized void stop(long attempt, Duration grace) {
    if (current != null) {
      current.stop(attempt, grace);
    }
  }

  /** Moves deadlines, by attempt. Never backwards. */
  public synchronized void renew(Map<Long, Long> until) {
    if (current != null) {
      current.renew(until);
    }
  }

  /**
   * From now on so many interpreters wait for Python tasks, each in its walls already: the worker's
   * own, and those of environments from their first task on.
   *
   * @param warming is asked once for each
   */
  public synchronized void keepWarm(int count, Warming warming) throws IOException {
    write(WARM, folder.resolve(WARM));
    environments = new WarmInterpreters(other -> keepWarm(other, count, warming), this::letGo);
    keepWarm(python.path(), count, warming);
  }

  private void keepWarm(Path python, int count, Warming warming) throws IOException {
    Path script = folder.resolve(WARM);
    Warming.Waiting waiting = warming.waiting(python, script, folder);
    Map<String, String> environment = new HashMap<>(waiting.environment());
    environment.put(GuardedTask.MARK, UNKNOWN_ATTEMPT);
    GuardOrder.Warm order =
        new GuardOrder.Warm(
            python.toString(),
            waiting.argv(),
            environment,
            folder.toString(),
            waiting.walled(),
            count);
    warm.put(python, order);
    if (current != null) {
      current.keepWarm(order);
    }
  }

  /** Ends interpreters that nobody has used for long. */
  public synchronized void tidy() {
    environments.tidy(System.nanoTime());
  }

  private void letGo(Path python) {
    GuardOrder.Warm before = warm.remove(python);
    if (before != null && current != null) {
      current.keepWarm(before.none());
    }
  }

  /** Words the program of an interpreter that waits. */
  public interface Warming {

    Waiting waiting(Path python, Path script, Path folder) throws IOException;

    /** As of a {@link GuardedTask}. */
    record Waiting(List<String> argv, Map<String, String> environment, boolean walled) {}
  }

  /** Starts the guard process ahead of the first task. */
  public void prepare() {
    alive();
  }

  /** Whether a guard process is there to guard; starts one if not. */
  public boolean isReady() {
    return alive().isReady();
  }

  private synchronized GuardProcess alive() {
    if (current == null || !current.takesTasks()) {
      if (current != null) {
        LOG.warn("The guard died; its tasks end as failed and a new guard takes the next ones");
      }
      lives++;
      try {
        // The name tells the processes of this guard from those of the one before.
        Path script = folder.resolve("guard-" + lives + ".py");
        write(SCRIPT, script);
        current = new GuardProcess(python, script);
        warm.values().forEach(current::keepWarm);
      } catch (IOException e) {
        throw new UncheckedIOException("the guard of the tasks cannot be started", e);
      }
    }
    return current;
  }

  private static void write(String resource, Path to) throws IOException {
    try (InputStream source = Guard.class.getResourceAsStream(resource)) {
      if (source == null) {
        throw new IOException(resource + " is missing in the jar");
      }
      Files.write(to, source.readAllBytes());
    }
  }

  /** Ends all tasks at once. */
  @Override
  public synchronized void close() {
    if (current != null) {
      current.close();
    }
  }
}
