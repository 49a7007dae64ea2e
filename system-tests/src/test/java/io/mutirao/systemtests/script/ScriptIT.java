package io.mutirao.systemtests.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.script.Script.Line;
import io.mutirao.systemtests.script.Script.Running;
import io.mutirao.systemtests.script.Script.Said;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnNarrowStack;
import io.mutirao.systemtests.stack.Run;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands up, ps and down: one stack from its first start over a stop to the next start, told
 * in order. It runs beside another stack, which must not notice.
 */
@OnNarrowStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScriptIT {

  private static final List<String> NAMES =
      List.of(
          "kafka",
          "postgres",
          "api-gateway",
          "job-registry",
          "run-dispatcher",
          "worker-1",
          "notifier");

  private final Mutirao beside;
  private Path folder;
  private Script script;
  private Path data;
  private int port;
  private Jobs jobs;
  private Run done;
  private List<Line> processes = List.of();

  ScriptIT(Mutirao beside) {
    this.beside = beside;
  }

  @BeforeAll
  void chooseAPort(@TempDir Path empty) throws IOException {
    folder = empty;
    script = new Script(folder);
    data = folder.resolve("data");
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
  }

  @AfterAll
  void stop() {
    script.run("down", "--data", data.toString());
    processes.stream()
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line.pid())).stream())
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @Order(1)
  void upDetachedReturnsWhenRequestsAreAnsweredAndPrintsOneLine() {
    Said up =
        script.run(
            "up", "--port", "" + port, "--data", data.toString(), "--token", "s3cret", "--detach");

    assertThat(up.exitCode()).as(up.err()).isZero();
    assertThat(up.out()).isEqualTo("ready http://127.0.0.1:%d token=s3cret\n".formatted(port));
    assertThat(up.err()).contains("kafka").contains("postgres");
    jobs = new Jobs("http://127.0.0.1:" + port, "s3cret", "2.0", false);
    done = jobs.runToEnd(jobs.create(JobSettings.noop()));
    assertThat(done.state()).isEqualTo("TERMINATED SUCCESS");
  }

  @Test
  @Order(2)
  void psTellsNamePidPortAndStateOfEachProcess() {
    processes = script.ps(data);

    assertThat(processes.stream().map(Line::name)).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(processes).allMatch(line -> line.process().isAlive());
    assertThat(processes).allMatch(line -> line.state().equals("ready"));
    assertThat(processes.stream().map(Line::port)).doesNotHaveDuplicates().contains(port);
  }

  @Test
  @Order(3)
  void theTokenIsKeptWhereOnlyItsOwnerReads() throws IOException {
    try (Stream<Path> files = Files.walk(data, 1)) {
      List<Path> holders = files.filter(Files::isRegularFile).filter(this::holdsTheToken).toList();
      assertThat(holders).isNotEmpty();
      for (Path file : holders) {
        assertThat(Files.getPosixFilePermissions(file))
            .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
      }
    }
  }

  private boolean holdsTheToken(Path file) {
    try {
      return Files.readString(file).contains("s3cret");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(4)
  void aKilledProcessIsBackWithinTwoSecondsAndTheOthersAreUntouched() {
    Line killed = line("notifier", processes);

    killed.process().destroyForcibly();

    await("another notifier")
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          Line now = line("notifier", script.ps(data));
          return !now.pid().equals(killed.pid()) && !now.pid().equals("-");
        });
    List<Line> after = script.ps(data);
    for (String name : NAMES) {
      if (!name.equals("notifier")) {
        assertThat(line(name, after).pid()).isEqualTo(line(name, processes).pid());
      }
    }
  }

  private static Line line(String name, List<Line> lines) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  @Order(5)
  void aSecondStackOnTheSameDataOrPortIsRefusedWithTheReason() {
    Said sameData = script.run("up", "--data", data.toString(), "--detach");
    Said samePort =
        script.run(
            "up", "--port", "" + port, "--data", folder.resolve("other").toString(), "--detach");

    assertThat(sameData.exitCode()).isNotZero();
    assertThat(sameData.out()).isEmpty();
    assertThat(sameData.err()).contains("already running").contains("./mutirao down --data");
    assertThat(samePort.exitCode()).isNotZero();
    assertThat(samePort.err()).contains("Port " + port + " is taken");
  }

  @Test
  @Order(6)
  void downStopsAllAndSaysSo() {
    processes = script.ps(data);

    Said down = script.run("down", "--data", data.toString());

    assertThat(down.exitCode()).as(down.err()).isZero();
    assertThat(down.out()).isEqualTo("stopped " + data + "\n");
    assertThat(processes)
        .noneMatch(line -> ProcessHandle.of(Long.parseLong(line.pid())).isPresent());
    assertThat(script.ps(data)).isEmpty();
    assertThat(script.run("down", "--data", data.toString()).exitCode()).isZero();
  }

  @Test
  @Order(7)
  void dataSurviveDownAndUpAndCtrlCStopsWhatStayedInTheForeground() throws Exception {
    Running up = script.start("up", "--port", "" + port, "--data", data.toString());
    assertThat(up.firstLine())
        .as(Files.readString(folder.resolve("stderr")))
        .isEqualTo("ready http://127.0.0.1:%d token=s3cret".formatted(port));
    processes = script.ps(data);

    assertThat(jobs.run(done.id())).isEqualTo(done);
    Run next = jobs.runToEnd(done.job());
    assertThat(next.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(next.numberInJob()).isEqualTo(2);
    new ProcessBuilder("kill", "-INT", "" + up.process().pid()).start().waitFor();

    assertThat(up.process().waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(processes)
        .noneMatch(line -> ProcessHandle.of(Long.parseLong(line.pid())).isPresent());
  }

  @Test
  @Order(8)
  void theStackBesideHasNotNoticed() {
    Jobs others = beside.jobs();
    long job = others.create(JobSettings.noop());

    assertThat(others.runToEnd(job).state()).isEqualTo("TERMINATED SUCCESS");
    others.post("delete", Map.of("job_id", job)).ok();
  }

  @Test
  @Order(9)
  void aWrongCommandIsSaidWithTheUsage() {
    for (String[] wrong :
        List.of(
            new String[] {},
            new String[] {"nonsense"},
            new String[] {"up", "--nonsense"},
            new String[] {"up", "--port", "many"},
            new String[] {"up", "--workers", "0"},
            new String[] {"ps", "--port", "1"})) {
      Said said = script.run(wrong);
      assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
      assertThat(said.err()).contains("usage: ./mutirao");
    }
  }
}
