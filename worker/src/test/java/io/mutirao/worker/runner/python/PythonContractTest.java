package io.mutirao.worker.runner.python;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

public class PythonContractTest extends RunnerContract {

  private static final String RUNS_ON =
      """
      import subprocess, sys, time
      subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
      print("up")
      time.sleep(1000)
      """;

  @TempDir Path folder;

  @Override
  protected Stage open() throws Exception {
    return new WorkerStage(folder, Interpreter.resolve("python3"), new PythonRunner(true));
  }

  @Override
  protected ObjectNode spec(Deed deed) throws IOException {
    Path script = Files.writeString(folder.resolve("script.py"), code(deed));
    return Codec.JSON.createObjectNode().put("file", "file:" + script);
  }

  /** A Python program that behaves so. */
  public static String code(Deed deed) {
    return switch (deed) {
      case SUCCEED -> "print('done')";
      case FAIL -> "raise ValueError('bad luck')";
      case EXIT_WITH_A_CODE -> "raise SystemExit(3)";
      case RUN_ON -> RUNS_ON;
      case RUN_ON_STUBBORNLY ->
          "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + RUNS_ON;
      case PRINT_A_GIGABYTE ->
          "import sys\nline = b'x' * 1048575 + b'\\n'\nfor _ in range(1024): sys.stdout.buffer.write(line)";
      case PRINT_BYTES -> "import sys; sys.stdout.buffer.write(bytes(range(256)))";
      case PRINT_NOTHING -> "pass";
    };
  }
}
