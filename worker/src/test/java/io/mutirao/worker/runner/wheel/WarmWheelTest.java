package io.mutirao.worker.runner.wheel;

import static io.mutirao.worker.runner.Trial.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.Wheels;
import io.mutirao.worker.runner.spark.NoCluster;
import io.mutirao.worker.runner.spark.Spark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interpreters of environments are started ahead, each for its own. */
@Timeout(600)
class WarmWheelTest {

  private static final String CODE =
      """
      import importlib.util, sys
      def tell():
          own = [name for name in ('first', 'second') if importlib.util.find_spec(name)]
          print(own, sys.argv[1:], sys.orig_argv[-1].endswith('/warm.py'))
      """;

  @TempDir Path folder;

  @Test
  void theSecondTaskOfAnEnvironmentFindsItsInterpreterReady() throws Exception {
    Path first = wheel("first");
    Path second = wheel("second");
    try (WorkerStage stage = stage()) {
      stage.keepWarm();
      assertThat(run(stage, "first", first)).isEqualTo("['first'] ['x'] False\n");
      stage.awaitWarm(2);
      assertThat(run(stage, "second", second)).isEqualTo("['second'] ['x'] False\n");
      stage.awaitWarm(3);
      assertThat(run(stage, "first", first)).isEqualTo("['first'] ['x'] True\n");
      assertThat(run(stage, "second", second)).isEqualTo("['second'] ['x'] True\n");
    }
  }

  private WorkerStage stage() throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    MavenRepositories maven = MavenRepositories.withoutSettings();
    return new WorkerStage(
        folder,
        python,
        new WheelRunner(
            new Libraries(maven, new LibraryFiles(true)),
            new Spark(new NoCluster(), maven),
            python.path()));
  }

  private Path wheel(String name) throws Exception {
    return Wheels.make(folder.resolve("wheels"), name, CODE, "say = %s:tell".formatted(name));
  }

  /** What the task prints, after what is said of its libraries. */
  private static String run(WorkerStage stage, String name, Path wheel) throws Exception {
    stage.around(json("{'libraries':[{'whl':'file:%s'}]}".formatted(wheel)));
    stage.start(
        json("{'package_name':'%s','entry_point':'say','parameters':['x']}".formatted(name)));
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    return new String(stage.printed(), UTF_8).replaceFirst("^Installing .*\n", "");
  }
}
