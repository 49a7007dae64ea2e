package io.mutirao.worker.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mutirao.worker.guard.Ended;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.GuardedTask;
import io.mutirao.worker.guard.Interpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Needs bubblewrap; where it does not work these tests say so and are skipped. */
@Timeout(600)
class IsolationTest {

  @TempDir Path base;
  private Path task;
  private Interpreter python;
  private Guard guard;
  private Path hidden;
  private Path cgroups = Path.of("/sys/fs/cgroup");
  private final List<Isolation> limited = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    python = Interpreter.resolve("/usr/bin/python3");
    // As the data folder of an installation: nobody else may pass.
    Path root =
        Files.createDirectory(
            base.resolve("private-" + ProcessHandle.current().pid()),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    guard = new Guard(python, root);
    task = Files.createDirectory(root.resolve("7"));
    hidden = Files.writeString(root.resolve("secrets"), "password");
  }

  @AfterEach
  void close() {
    guard.close();
    limited.forEach(Isolation::close);
  }

  @Test
  void whereThereIsNoBubblewrapTasksRunAsTheyAre() throws Exception {
    Isolation plain = isolation(Profile.LOCAL, base.resolve("no-such-program").toString());
    assertThat(plain.words()).isEqualTo("nothing");
    assertThat(run(plain, "print('hi')")).isEqualTo("hi");
  }

  @Test
  void aLocalTaskSeesTheFilesOfTheMachineButNoOtherProcessAndNoSecret() throws Exception {
    Isolation local = walled(Profile.LOCAL);
    String code =
        """
        import os
        pids = [p for p in os.listdir('/proc') if p.isdigit()]
        try:
            secret = open('%s').read()
        except PermissionError:
            secret = ''
        print(os.getpid() < 10, len(pids) < 5, repr(secret), os.path.isdir('%s'))
        """
            .formatted(hidden, base);
    assertThat(run(local, code)).isEqualTo("True True '' True");
  }

  @Test
  void aStrictTaskSeesItsFolderAndTheSystemOnly() throws Exception {
    Isolation strict = walled(Profile.STRICT);
    String code =
        """
        import os
        seen = []
        for path in ('%1$s', '/root', '/home', '/var', '/etc/shadow', '/proc/1/environ', '/opt'):
            try:
                if os.path.isdir(path):
                    os.listdir(path) and seen.append(path)
                else:
                    open(path).read() and seen.append(path)
            except OSError:
                pass
        open('mine', 'w').write('x'); open('/tmp/x', 'w').write('y')
        print(seen, os.path.expanduser('~') == os.getcwd(), os.getuid() != 0)
        """
            .formatted(hidden);
    assertThat(run(strict, code)).isIn("[] True True", "['/proc/1/environ'] True True");
    assertThat(Files.readString(task.resolve("mine"))).isEqualTo("x");
    assertThat(base.resolve("tmp/x")).doesNotExist();
  }

  @Test
  void aTaskPutsNoCodeIntoTheProgramsThatWallItOff() throws Exception {
    Isolation strict = walled(Profile.STRICT);
    start(strict, "print('hi')", Map.of("LD_PRELOAD", "/no/such.so")).get(5, TimeUnit.MINUTES);
    assertThat(Files.readString(base.resolve("7.log")))
        .containsOnlyOnce("ERROR: ld.so")
        .endsWith("hi\n");
  }

  @Test
  void aStrictTaskWithoutNetworkReachesNobody() throws Exception {
    walled(Profile.STRICT);
    Isolation alone =
        Isolation.find(
            new Isolation.Wish(
                Profile.STRICT, "bwrap", "nobody", false, List.of(), Isolation.Limits.NONE),
            places());
    assertThat(
            run(
                alone,
                "import os; print(sorted(os.listdir('/sys')) if os.path.exists('/sys')"
                    + " else open('/proc/net/dev').read().count(':'))"))
        .isEqualTo("1");
  }

  @Test
  void withoutGroupsOfTheKernelEachProcessIsLimited() throws Exception {
    cgroups = base.resolve("none");
    Isolation small = limited(new Isolation.Limits(200_000_000L, null, 1.0));
    assertThat(small.groups("7")).isEmpty();
    assertThat(run(small, "x = bytearray(500_000_000)")).isEqualTo("MemoryError");
  }

  @Test
  void theMemoryOfAllProcessesOfATaskIsLimited() throws Exception {
    Isolation small = grouped(new Isolation.Limits(100_000_000L, null, null), "memory");
    String code =
        """
        import os, time
        child = os.fork()
        had = b'x' * 60_000_000
        time.sleep(0 if child else 5)
        if child: raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0)
        """;
    assertThat(end(small, code).why()).isEqualTo(new Ended.OutOfMemory());
    assertThat(left()).isEmpty();
  }

  @Test
  void aForkBombIsHeldAndCleared() throws Exception {
    Isolation few = grouped(new Isolation.Limits(null, 20, null), "pids");
    String code =
        """
        import os, time
        many = 0
        try:
            while True:
                if os.fork() == 0:
                    os.setsid(); time.sleep(1000)
                many += 1
        except BlockingIOError:
            print(5 < many < 20)
        """;
    assertThat(run(few, code)).isEqualTo("True");
    assertThat(left()).isEmpty();
  }

  @Test
  void nothingOfAWorkerThatStopsStaysInTheKernel() throws Exception {
    Isolation few = grouped(new Isolation.Limits(null, 20, null), "pids");
    assertThat(run(few, "print('hi')")).isEqualTo("hi");
    Path groups = Path.of(few.groups("7").getFirst().path()).getParent();
    assertThat(groups).isDirectory();
    few.close();
    assertThat(groups).doesNotExist();
  }

  @Test
  void processorsAreLimited() throws Exception {
    Isolation slow = grouped(new Isolation.Limits(null, null, 0.2), "cpu");
    String code =
        """
        import time
        begin, used = time.monotonic(), time.process_time()
        while time.process_time() - used < 0.3: pass
        print(time.monotonic() - begin > 0.9)
        """;
    assertThat(run(slow, code)).isEqualTo("True");
  }

  private Isolation limited(Isolation.Limits limits) throws Exception {
    limited.add(
        Isolation.find(
            new Isolation.Wish(Profile.LOCAL, "bwrap", "nobody", true, List.of(), limits),
            places()));
    return limited.getLast();
  }

  private Isolation grouped(Isolation.Limits limits, String controller) throws Exception {
    Isolation isolation = limited(limits);
    assumeTrue(
        isolation.words().contains(controller),
        "SKIPPED: no group of the kernel may be made here; that it limits "
            + controller
            + " is not tested");
    return isolation;
  }

  /** Groups of the task that are still there. */
  private List<Path> left() throws Exception {
    return limited(new Isolation.Limits(1_000_000_000L, 1_000, 1.0)).groups("7").stream()
        .map(group -> Path.of(group.path()))
        .filter(Files::exists)
        .toList();
  }

  @Test
  void aWalledTaskHearsThatItIsToEndAndTellsItsCodeAndItsSignal() throws Exception {
    Isolation local = walled(Profile.LOCAL);
    assertThat(end(local, "raise SystemExit(3)").why()).isEqualTo(new Ended.Exited(3));
    assertThat(end(local, "import os; os.kill(os.getpid(), 9)").why())
        .isEqualTo(new Ended.ExitedOrKilled(137, 9));
    assertThat(end(local, "raise SystemExit(137)").why())
        .isEqualTo(new Ended.ExitedOrKilled(137, 9));
    CompletableFuture<Ended> end =
        start(
            local,
            """
            import signal, sys, time
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('asked to end')))
            open('up', 'w').close()
            time.sleep(1000)
            """);
    while (!Files.exists(task.resolve("up"))) {
      LockSupport.parkNanos(5_000_000);
    }
    guard.stop(7, Duration.ofSeconds(200));
    Ended ended = end.get(5, TimeUnit.MINUTES);
    assertThat(ended.why()).isEqualTo(new Ended.Stopped());
    assertThat(ended.lastLine()).isEqualTo("asked to end");
  }

  private Isolation walled(Profile profile) throws Exception {
    Isolation isolation = isolation(profile, "bwrap");
    assumeTrue(
        isolation.words().startsWith("bubblewrap"),
        "SKIPPED: bubblewrap does not work here; what it does is not tested");
    return isolation;
  }

  private Isolation isolation(Profile profile, String bubblewrap) throws Exception {
    return Isolation.find(
        new Isolation.Wish(
            profile, bubblewrap, "nobody", true, List.of(hidden), Isolation.Limits.NONE),
        places());
  }

  private Isolation.Places places() throws Exception {
    return new Isolation.Places(
        task.resolveSibling(""), Files.createDirectories(base.resolve("cache")), python, cgroups);
  }

  /** The last line that it prints. */
  private String run(Isolation isolation, String code) throws Exception {
    return end(isolation, code).lastLine();
  }

  private Ended end(Isolation isolation, String code) throws Exception {
    return start(isolation, code).get(5, TimeUnit.MINUTES);
  }

  private CompletableFuture<Ended> start(Isolation isolation, String code) throws Exception {
    return start(isolation, code, Map.of());
  }

  private CompletableFuture<Ended> start(Isolation isolation, String code, Map<String, String> more)
      throws Exception {
    Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    environment.putAll(more);
    environment.put(GuardedTask.MARK, "7");
    Isolation.Program program =
        isolation.program(
            List.of(python.path().toString(), "-u", "-c", code),
            environment,
            new Isolation.Room(task, false, List.of()));
    CompletableFuture<Ended> end = new CompletableFuture<>();
    guard.start(
        new GuardedTask(
            7,
            program.argv(),
            program.environment(),
            task,
            base.resolve("7.log"),
            10_000,
            program.walled(),
            null,
            isolation.groups("7"),
            end::complete),
        System.nanoTime() + Duration.ofMinutes(5).toNanos());
    return end;
  }
}
