package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.runner.python.PythonRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tasks do to a worker that has no walls around them. */
@Timeout(600)
class MischiefTest {

  @TempDir Path folder;
  private WorkerStage stage;

  @BeforeEach
  void open() throws Exception {
    stage = new WorkerStage(folder, Interpreter.resolve("python3"), new PythonRunner(true));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aTaskThatClosesItsOutputRunsToItsEnd() throws Exception {
    assertThat(
            end(
                """
                import os, time
                print('before', flush=True)
                os.close(1); os.close(2)
                time.sleep(0.3)
                open('%s', 'w').close()
                """
                    .formatted(folder.resolve("reached"))))
        .isEqualTo("SUCCEEDED");
    assertThat(folder.resolve("reached")).exists();
    assertThat(new String(stage.printed(), UTF_8)).isEqualTo("before\n");
  }

  @Test
  void aTaskThatDeletesItsFolderEndsAsItWould() throws Exception {
    assertThat(end("import os, shutil; shutil.rmtree(os.getcwd()); raise SystemExit(4)"))
        .isEqualTo("FAILED exit code 4");
  }

  @Test
  void aTaskThatKillsItsSupervisorIsEndedWithAllThatItStarted() throws Exception {
    assertThat(
            end(
                """
                import os, subprocess, time
                subprocess.Popen(['sleep', '1000'], start_new_session=True)
                os.kill(os.getppid(), 9)
                time.sleep(1000)
                """))
        .isEqualTo("FAILED the guard of the task died");
    assertThat(stage.processes()).isZero();
  }

  @Test
  void nothingStaysOfADaemonNorOfALargeFile() throws Exception {
    assertThat(
            end(
                """
                import subprocess
                subprocess.Popen(['sleep', '1000'], start_new_session=True)
                open('large', 'wb').truncate(2 << 30)
                """))
        .isEqualTo("SUCCEEDED");
    assertThat(stage.processes()).isZero();
    try (var left = Files.list(folder.resolve("work/worker-1"))) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  private String end(String code) throws Exception {
    Path script = Files.writeString(folder.resolve("x.py"), code);
    stage.start(Codec.JSON.createObjectNode().put("file", "file:" + script));
    return stage.awaitEnd();
  }
}
