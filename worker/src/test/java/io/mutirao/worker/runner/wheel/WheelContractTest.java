package io.mutirao.worker.runner.wheel;

import static io.mutirao.worker.runner.Trial.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.runner.python.PythonContractTest;
import io.mutirao.worker.runner.spark.NoCluster;
import io.mutirao.worker.runner.spark.Spark;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The package comes as an egg: a folder on the path, which needs no environment to be made. */
class WheelContractTest extends RunnerContract {

  @TempDir Path folder;
  private WorkerStage stage;

  @Override
  protected Stage open() throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    MavenRepositories maven = MavenRepositories.withoutSettings();
    stage =
        new WorkerStage(
            folder,
            python,
            new WheelRunner(
                new Libraries(maven, new LibraryFiles(true)),
                new Spark(new NoCluster(), maven),
                python.path()));
    return stage;
  }

  @Override
  protected ObjectNode spec(Deed deed) throws Exception {
    String body = PythonContractTest.code(deed).replace("\n", "\n    ");
    Path egg = Eggs.make(folder, "deeds", "def act():\n    " + body + "\n");
    stage.around(json("{'libraries':[{'egg':'file:%s'}]}".formatted(egg)));
    return json("{'package_name':'deeds','entry_point':'act'}");
  }
}
