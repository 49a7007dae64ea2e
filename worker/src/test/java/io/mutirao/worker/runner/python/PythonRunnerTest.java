package io.mutirao.worker.runner.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.worker.runner.Runners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonRunnerTest {

  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void writeScript() throws Exception {
    script = Files.createFile(folder.resolve("a b.py"));
  }

  @Test
  void aScriptIsRunWithItsParameters() throws Exception {
    assertThat(plan("file:" + script, "[\"a\",\"b c\"]"))
        .isEqualTo(
            new Plan.Command(List.of(PYTHON.toString(), "-u", script.toString(), "a", "b c")));
  }

  @Test
  void threeSlashesAreFineAndParametersMayBeMissing() throws Exception {
    assertThat(plan("file://" + script, "null"))
        .isEqualTo(new Plan.Command(List.of(PYTHON.toString(), "-u", script.toString())));
  }

  @Test
  void whatIsNoFileOfThisMachineIsRejectedWithTheReason() throws Exception {
    assertThat(reason("dbfs:/x.py")).contains("file:/absolute/path", "dbfs:/x.py");
    assertThat(reason("file:x.py")).contains("absolute");
    assertThat(reason("file://host/x.py")).contains("absolute");
    assertThat(reason("file:/no/such.py")).contains("file:/no/such.py does not exist");
    assertThat(reason("file:" + folder)).contains("is not a file");
  }

  @Test
  void localFilesAreRejectedUnlessAllowed() throws Exception {
    Plan plan =
        new PythonRunner(PYTHON, false)
            .plan(new PythonRunner.Spec("file:" + script, List.of()), attempt());
    assertThat(((Plan.Rejected) plan).reason()).contains("MUTIRAO_WORKER_LOCAL_FILES=true");
  }

  @Test
  void settingsThatDoNotFitAreRejected() throws Exception {
    assertThat(plan("file:" + script, "{\"a\":1}")).isInstanceOf(Plan.Rejected.class);
    assertThat(plan("file:" + script, "[null]")).isInstanceOf(Plan.Rejected.class);
  }

  @Test
  void aKindWithoutARunnerIsRejected() {
    Plan plan = new Runners(List.of()).plan("jar", Codec.JSON.createObjectNode(), attempt());
    assertThat(plan)
        .isEqualTo(new Plan.Rejected("this worker has no runner for tasks of kind jar"));
  }

  private String reason(String file) throws Exception {
    return ((Plan.Rejected) plan(file, "[]")).reason();
  }

  private Plan plan(String file, String parameters) throws Exception {
    ObjectNode spec = Codec.JSON.createObjectNode();
    spec.put("file", file);
    spec.set("parameters", Codec.JSON.readTree(parameters));
    return new Runners(List.of(new PythonRunner(PYTHON, true))).plan("python", spec, attempt());
  }

  private Attempt attempt() {
    return new Attempt(1, 2, 3, folder);
  }
}
