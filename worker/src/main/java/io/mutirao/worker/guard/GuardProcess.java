package io.mutirao.worker.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One life of the guard: the process, its tasks, and a thread for each direction. */
final class GuardProcess {

  private static final Logger LOG = Logger.getLogger(GuardProcess.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectWriter ORDERS = JSON.writerFor(GuardOrder.class);
  private static final ObjectReader ANSWERS = JSON.readerFor(GuardAnswer.class);

  /** A guard that does not answer for so long is stopped or stuck, and is replaced. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Path script;
  private final Process process;
  private final Map<String, GuardedTask> tasks = new ConcurrentHashMap<>();

  /** An order, made when it is written: only then the guard's clock is known. */
  private interface Order {
    /** Null for the last: the guard's stdin is closed, it ends all and goes. */
    @Nullable GuardOrder by(long clockAhead);
  }

  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

  /**
   * The guard's clock minus ours, in ns; at most too small, so that a task ends early, not late.
   */
  private final CompletableFuture<Long> clockAhead = new CompletableFuture<>();

  /** Since when a renewal is unanswered, 0 if none is. */
  private volatile long unansweredSince;

  GuardProcess(Interpreter python, Path script) throws IOException {
    this.script = script;
    ProcessBuilder builder =
        new ProcessBuilder(python.path().toString(), "-I", "-S", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // The guard needs nothing of ours, and a task may read what its guard was given.
    builder.environment().clear();
    process = builder.start();
    Thread.ofPlatform().daemon().name("guard-answers").start(this::readAnswers);
    Thread.ofPlatform().daemon().name("guard-orders").start(this::writeOrders);
  }

  boolean takesTasks() {
    return process.isAlive();
  }

  boolean isReady() {
    return process.isAlive() && clockAhead.isDone();
  }

  void start(GuardedTask task, long until) {
    String attempt = Long.toString(task.attempt());
    tasks.put(attempt, task);
    orders.add(ahead ->
        new GuardOrder.Start(
            attempt,
            task.argv(),
            task.environment(),
            task.folder().toString(),
            task.output().toString(),
            task.kept(),
            until + ahead,
            task.walled(),
            script(task),
            task.groups()));
    if (!process.isAlive()) {
      // It may have died before it knew of this task; whoever removes it from the map ends it.
      buryLeftTasks();
    }
  }

  private static GuardOrder.@Nullable Script script(GuardedTask task) {
    GuardedTask.Script warm = task.warm();
    return warm == null
        ? null
        : new GuardOrder.Script(warm.python().toString(), warm.file().toString(), warm.arguments());
  }

  void keepWarm(GuardOrder.Warm warm) {
    orders.add(_ -> warm);
  }

  void stop(long attempt, Duration grace) {
    int seconds = Math.clamp(grace.toSeconds(), 0, 255);
    orders.add(_ -> new GuardOrder.Stop(Long.toString(attempt), seconds));
  }

  void renew(Map<Long, Long> until) {
    long now = System.nanoTime();
    if (unansweredSince == 0) {
      unansweredSince = now == 0 ? 1 : now;
    } else if (now - unansweredSince > PATIENCE.toNanos()) {
      LOG.warn("The guard does not answer; it is killed, and with it its tasks");
      process.destroyForcibly();
      return;
    }
    orders.add(ahead -> {
      Map<String, Long> theirs = new HashMap<>();
      until.forEach((attempt, time) -> theirs.put(Long.toString(attempt), time + ahead));
      return new GuardOrder.Renew(theirs);
    });
  }

  private void writeOrders() {
    try (OutputStream out = process.getOutputStream()) {
      long ahead = clockAhead.join();
      GuardOrder order;
      while ((order = orders.take().by(ahead)) != null) {
        out.write(ORDERS.writeValueAsBytes(order));
        out.write('\n');
        if (orders.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      // The guard is gone; the thread that reads its answers sees to the rest.
      LOG.debug("The guard takes no more orders", e);
    }
  }

  private void readAnswers() {
    try (BufferedReader answers = process.inputReader(UTF_8)) {
      String line;
      while ((line = answers.readLine()) != null) {
        hear(ANSWERS.readValue(line));
      }
    } catch (JsonProcessingException e) {
      LOG.error("The guard says what cannot be understood; it is killed, and with it its tasks", e);
      process.destroyForcibly();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("The guard is gone", e);
    }
    process.onExit().join();
    clockAhead.completeExceptionally(new IOException("the guard died"));
    Leftovers.endSupervisors(script);
    buryLeftTasks();
  }

  private void hear(GuardAnswer answer) {
    switch (answer) {
      case GuardAnswer.Ready ready -> clockAhead.complete(ready.now() - System.nanoTime());
      case GuardAnswer.Renewed _ -> unansweredSince = 0;
      case GuardAnswer.Started started -> LOG.debugf("%s", started);
      case GuardAnswer.Ended ended -> {
        GuardedTask task = tasks.remove(ended.attempt());
        if (task != null) {
          task.onEnd().accept(Ended.of(ended));
        }
      }
    }
  }

  private void buryLeftTasks() {
    for (String attempt : List.copyOf(tasks.keySet())) {
      GuardedTask task = tasks.remove(attempt);
      if (task != null) {
        Leftovers.endProcesses(task);
        task.onEnd().accept(new Ended(new Ended.Unguarded(), ""));
      }
    }
  }

  void close() {
    orders.add(_ -> null);
    try {
      if (process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
