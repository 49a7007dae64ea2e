package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class WorkplaceTest {

  /** What lets root pass closed folders; a worker that is not root has none of it. */
  private static final String PASSES = "-dac_override,-dac_read_search,-fowner";

  @TempDir Path folder;

  @Test
  void aWorkerThatIsNotRootClearsFoldersThatATaskClosed() throws Exception {
    Path task = Files.createDirectories(folder.resolve("work/worker-1/7"));
    holding(task.resolve("unreadable"), "-wx------");
    holding(task.resolve("read-only"), "r-x------");
    holding(task.resolve("listed"), "r--------");
    holding(task.resolve("shut/shut"), "---------");
    Files.setPosixFilePermissions(
        task.resolve("shut"), PosixFilePermissions.fromString("---------"));

    assertThat(startAgain()).isEqualTo("started\n");
    assertThat(folder.resolve("work/worker-1")).isEmptyDirectory();
  }

  private static void holding(Path closed, String permissions) throws IOException {
    Files.createDirectories(closed);
    Files.createFile(closed.resolve("file"));
    Files.createDirectory(closed.resolve("folder"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(permissions));
  }

  private String startAgain() throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(
          List.of("/usr/bin/setpriv", "--inh-caps=" + PASSES, "--bounding-set=" + PASSES));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AnotherWorker.class.getName(), folder.toString()));
    Process worker = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(worker.getInputStream().readAllBytes(), UTF_8);
  }

  /** The process that starts after the task's worker ended. */
  static final class AnotherWorker {

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      Workplace _ =
          Workplace.prepare(folder.resolve("work"), folder.resolve("cache"), "worker-1", Map.of());
      System.out.println("started");
    }
  }
}
