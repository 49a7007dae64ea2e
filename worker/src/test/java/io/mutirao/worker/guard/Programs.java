package io.mutirao.worker.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Python one-liners under a real guard, and a look at the processes of this machine. */
final class Programs {

  /** Of two sleepers, one has left its parent, its group and its session. */
  static final String LEAVES_A_DAEMON =
      """
      import os, time
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              time.sleep(1000)
          os._exit(0)
      os.wait()
      print("both run", flush=True)
      time.sleep(1000)
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static long attempts = ProcessHandle.current().pid() * 1_000_000;

  final Interpreter python;
  final Guard guard;
  private final Path folder;

  /** One that was started. */
  record Running(long attempt, Path output, CompletableFuture<Ended> end) {

    Ended awaitEnd() throws Exception {
      return end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    String printed() {
      try {
        return Files.exists(output) ? Files.readString(output) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void awaitPrinted(String text) throws TimeoutException {
      await("it prints " + text, () -> printed().contains(text));
    }

    /** The processes that carry the attempt's mark, wherever they went. */
    List<String> processes() {
      return grep("environ", GuardedTask.MARK + "=" + attempt);
    }
  }

  Programs(Path folder) throws InterruptedException {
    this.folder = folder;
    python = Interpreter.resolve("python3");
    guard = new Guard(python, folder);
  }

  void awaitGuard() throws TimeoutException {
    await("the guard is ready", guard::isReady);
  }

  /** Runs until {@link #tell}. */
  String untilTold() {
    return "import os, time\nprint('up')\nwhile not os.path.exists('%s'): time.sleep(.02)\nprint('done')"
        .formatted(told());
  }

  void tell() throws IOException {
    Files.createFile(told());
  }

  private Path told() {
    return folder.resolve("told");
  }

  Running start(String code, Duration lease) {
    long attempt = ++attempts;
    CompletableFuture<Ended> end = new CompletableFuture<>();
    Path output = folder.resolve(attempt + ".log");
    guard.start(
        new GuardedTask(
            attempt,
            List.of(python.path().toString(), "-u", "-c", code),
            Map.of(GuardedTask.MARK, String.valueOf(attempt)),
            folder,
            output,
            1000,
            false,
            null,
            List.of(),
            end::complete),
        System.nanoTime() + lease.toNanos());
    return new Running(attempt, output, end);
  }

  /** From now on so many interpreters wait. */
  void keepWarm(int count) throws IOException {
    guard.keepWarm(
        count,
        (its, script, _) ->
            new Guard.Warming.Waiting(
                List.of(its.toString(), "-u", script.toString()), Map.of(), false));
    guard.prepare();
  }

  /** The interpreters that wait, as pids. */
  List<String> warm() {
    return grep("cmdline", folder.resolve("warm.py").toString()).stream()
        .filter(
            pid -> holds(Path.of("/proc", pid, "environ"), GuardedTask.MARK + "=" + "0".repeat(19)))
        .toList();
  }

  /** One of these waits. */
  void awaitWarm(Path its) throws TimeoutException {
    await(
        its + " waits",
        () ->
            warm().stream()
                .anyMatch(pid -> holds(Path.of("/proc", pid, "cmdline"), its.toString())));
  }

  /** An environment with one module in it. */
  Path environment(String module) throws Exception {
    Path home = folder.resolve("of-" + module);
    new ProcessBuilder(python.path().toString(), "-m", "venv", "--without-pip", home.toString())
        .inheritIO()
        .start()
        .waitFor();
    try (Stream<Path> all = Files.walk(home)) {
      Path packages = all.filter(path -> path.endsWith("site-packages")).findFirst().orElseThrow();
      Files.writeString(packages.resolve(module + ".py"), "");
    }
    return home.resolve("bin/python");
  }

  void awaitWarm() throws TimeoutException {
    await("an interpreter waits", () -> !warm().isEmpty());
  }

  Running startWarm(Path script, Duration lease, String... arguments) {
    return startWarm(python.path(), script, lease, arguments);
  }

  Running startWarm(Path its, Path script, Duration lease, String... arguments) {
    long attempt = ++attempts;
    CompletableFuture<Ended> end = new CompletableFuture<>();
    Path output = folder.resolve(attempt + ".log");
    List<String> argv = new java.util.ArrayList<>(List.of(its.toString(), "-u", script.toString()));
    argv.addAll(List.of(arguments));
    guard.start(
        new GuardedTask(
            attempt,
            argv,
            Map.of(GuardedTask.MARK, String.valueOf(attempt)),
            folder,
            output,
            1000,
            false,
            new GuardedTask.Script(its, script, List.of(arguments)),
            List.of(),
            end::complete),
        System.nanoTime() + lease.toNanos());
    return new Running(attempt, output, end);
  }

  /** The guard and its supervisors; the guard first. */
  List<Long> guards() {
    try (Stream<Path> scripts = Files.list(folder)) {
      return scripts
          .filter(path -> path.getFileName().toString().startsWith("guard-"))
          .flatMap(script -> grep("cmdline", script.toString()).stream())
          .map(Long::valueOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).inheritIO().start().waitFor();
  }

  static void await(String what, BooleanSupplier condition) throws TimeoutException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static List<String> grep(String file, String wanted) {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .filter(pid -> holds(Path.of("/proc", pid, file), wanted))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(Path file, String wanted) {
    try {
      return List.of(Files.readString(file).split("\0", -1)).contains(wanted);
    } catch (IOException e) {
      return false;
    }
  }
}
