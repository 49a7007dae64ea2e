package io.mutirao.launcher.process;

import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.Identity;
import io.mutirao.launcher.data.StackState;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process that is started again whenever it ends, until it is stopped. */
public final class Supervised {

  /** What the process is about; {@code DOWN} is between a death and the next start. */
  public enum State {
    NEW,
    STARTING,
    READY,
    DOWN,
    STOPPED
  }

  /** Hears of each change, and of what a person should know. */
  public interface Observer {
    void changed();

    void says(String words);
  }

  private static final long PROBE_EVERY_MILLIS = 50;

  /** So many deaths in a row before it was ever ready: it will not come up. */
  private static final int HOPELESS = 8;

  private final ProcessSpec spec;
  private final Observer observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private State state = State.NEW;
  private boolean wanted = true;
  private boolean held;
  private int restarts;
  private long startMillis;
  private @Nullable Process process;
  private @Nullable Identity identity;
  private @Nullable Thread keeper;

  public Supervised(ProcessSpec spec, Observer observer) {
    this.spec = spec;
    this.observer = observer;
  }

  public String name() {
    return spec.name();
  }

  public int port() {
    return spec.port();
  }

  /** Of the present process, or of the last one while it is down. */
  public long pid() {
    return locked(() -> identity == null ? 0 : identity.pid());
  }

  public State state() {
    return locked(() -> state);
  }

  /** How often it was started again. */
  public int restarts() {
    return locked(() -> restarts);
  }

  public StackState.Member member() {
    return locked(() ->
        new StackState.Member(
            spec.name(),
            identity == null ? new Identity(0, 0) : identity,
            spec.port(),
            state.name().toLowerCase(Locale.ROOT),
            restarts,
            startMillis));
  }

  /** Starts it and keeps it alive from now on. Does nothing after {@link #stop}. */
  public void start() {
    lock.lock();
    try {
      if (wanted && keeper == null) {
        keeper = Thread.ofVirtual().name("keeper-" + spec.name()).start(this::keepAlive);
      }
    } finally {
      lock.unlock();
    }
  }

  private void keepAlive() {
    Backoff backoff = Backoff.NONE;
    try {
      while (awaitPermission()) {
        long began = System.nanoTime();
        Process child = spawn();
        watchUntilReady(child, began);
        int exit = child.waitFor();
        if (!locked(() -> wanted)) {
          break;
        }
        backoff = backoff.afterLifeOf(Duration.ofNanos(System.nanoTime() - began));
        set(State.DOWN);
        observer.says(
            "%s (pid %d) died with %s; it is started again"
                .formatted(spec.name(), child.pid(), exitWords(exit)));
        pause(backoff.pause());
        locked(() -> restarts++);
      }
    } catch (IOException e) {
      observer.says(spec.name() + " cannot be started: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    set(State.STOPPED);
  }

  private Process spawn() throws IOException {
    spec.beforeStart().prepare();
    new LogFile(spec.log()).rotateIfLarge();
    var builder = new ProcessBuilder(spec.command());
    builder.environment().putAll(spec.environment());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    lock.lock();
    try {
      Process child = builder.start();
      process = child;
      identity = Identity.of(child.toHandle());
      startMillis = 0;
      if (!wanted) {
        child.destroy(); // stop() came while it was being started
      }
      state = State.STARTING;
      changed.signalAll();
      return child;
    } finally {
      lock.unlock();
      observer.changed();
    }
  }

  private void watchUntilReady(Process child, long began) throws InterruptedException {
    while (!child.waitFor(PROBE_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      if (spec.probe().ready()) {
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        locked(() -> startMillis = millis);
        set(State.READY);
        observer.says(
            "%s is ready (port %d, %.1f s)".formatted(spec.name(), spec.port(), millis / 1_000.0));
        return;
      }
    }
  }

  /** Waits until it is ready. */
  public void awaitReady(Duration within) throws CannotStart, InterruptedException {
    lock.lock();
    try {
      long left = within.toNanos();
      while (state != State.READY) {
        if (state == State.STOPPED || restarts >= HOPELESS || left <= 0) {
          throw new CannotStart(
              "%s does not come up. The end of %s:%n%s"
                  .formatted(spec.name(), spec.log(), new LogFile(spec.log()).tail()));
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  public void signal(Signal signal) {
    Process child = locked(() -> process);
    if (child != null) {
      signal.send(child.toHandle());
    }
  }

  /** Kills it and leaves it dead until {@link #release}: for tests of a longer absence. */
  public void hold() throws InterruptedException {
    locked(() -> held = true);
    signal(Signal.KILL);
    lock.lock();
    try {
      while (state != State.DOWN && state != State.STOPPED) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  public void release() {
    lock.lock();
    try {
      held = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Asks it to end, waits, and kills it when it takes too long. It is not started again. */
  public void stop() throws InterruptedException {
    Thread waiting;
    Process child;
    lock.lock();
    try {
      wanted = false;
      changed.signalAll();
      waiting = keeper;
      child = process;
    } finally {
      lock.unlock();
    }
    if (child != null && child.isAlive()) {
      spec.stopSignal().send(child.toHandle());
      Signal.CONT.send(child.toHandle()); // a suspended process hears nothing
      if (!child.waitFor(spec.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
        observer.says(
            "%s did not end within %d s and is killed"
                .formatted(spec.name(), spec.stopWithin().toSeconds()));
        child.destroyForcibly();
      }
    }
    if (waiting != null) {
      waiting.join();
    }
  }

  private boolean awaitPermission() throws InterruptedException {
    lock.lock();
    try {
      while (held && wanted) {
        changed.await();
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps, unless the process is stopped meanwhile. */
  private void pause(Duration length) throws InterruptedException {
    lock.lock();
    try {
      long left = length.toNanos();
      while (wanted && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    observer.changed();
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  private static String exitWords(int exit) {
    return exit > 128 ? "signal " + (exit - 128) : "exit code " + exit;
  }
}
