package io.mutirao.worker.runner.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.runner.StoredBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonRunnerTest {

  @TempDir Path folder;
  private Path script;
  private StoredBench bench;

  @BeforeEach
  void writeScript() throws Exception {
    script = Files.createFile(folder.resolve("a b.py"));
    bench = new StoredBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aScriptIsRunWithItsParameters() throws Exception {
    assertThat(plan("file:" + script, "[\"a\",\"b c\"]"))
        .isEqualTo(new Plan.Script(script, List.of("a", "b c")));
  }

  @Test
  void threeSlashesAreFineAndParametersMayBeMissing() throws Exception {
    assertThat(plan("file://" + script, "null")).isEqualTo(new Plan.Script(script, List.of()));
  }

  @Test
  void whatIsNoFileOfThisMachineIsRejectedWithTheReason() throws Exception {
    assertThat(reason("s3:/x.py")).contains("dbfs:/path", "s3:/x.py");
    assertThat(reason("file:x.py")).contains("absolute");
    assertThat(reason("file://host/x.py")).contains("absolute");
    assertThat(reason("file:/no/such.py")).contains("file:/no/such.py does not exist");
    assertThat(reason("file:" + folder)).contains("is not a file");
  }

  @Test
  void aFileOfTheStoreIsCopiedIntoTheFolderOfTheAttempt() throws Exception {
    bench.put("dbfs/jobs/x.py", "dbfs");
    bench.put("workspace/Users/ana/y.py", "workspace");
    assertThat(copied("dbfs:/jobs/x.py")).hasContent("dbfs");
    assertThat(copied("dbfs:///jobs/x.py")).hasContent("dbfs");
    assertThat(copied("/Users/ana/y.py")).hasContent("workspace");
    assertThat(copied("/Workspace/Users/ana/y.py")).hasContent("workspace");
  }

  @Test
  void whatTheStoreDoesNotHaveIsRejected() throws Exception {
    assertThat(plan("dbfs:/no.py", "[]"))
        .isEqualTo(new Plan.Rejected("dbfs:/no.py does not exist", Plan.Why.NOT_FOUND));
    assertThat(reason("/Users/../no.py")).contains("is not a path");
    assertThat(reason("dbfs:/")).contains("is not a path");
  }

  @Test
  void localFilesAreRejectedUnlessAllowed() throws Exception {
    Plan plan =
        new PythonRunner(false)
            .plan(new PythonRunner.Spec("file:" + script, null, List.of()), attempt());
    assertThat(((Plan.Rejected) plan).reason()).contains("MUTIRAO_WORKER_LOCAL_FILES=true");
  }

  @Test
  void settingsThatDoNotFitAreRejected() throws Exception {
    assertThat(plan("file:" + script, "{\"a\":1}")).isInstanceOf(Plan.Rejected.class);
    assertThat(plan("file:" + script, "[null]")).isInstanceOf(Plan.Rejected.class);
  }

  @Test
  void aKindWithoutARunnerIsRejected() throws Exception {
    Plan plan = new Runners(List.of()).plan("jar", Codec.JSON.createObjectNode(), attempt());
    assertThat(plan)
        .isEqualTo(
            new Plan.Rejected("this worker has no runner for tasks of kind jar", Plan.Why.INVALID));
  }

  private Path copied(String file) throws Exception {
    Path copy = ((Plan.Script) plan(file, "[]")).file();
    assertThat(copy).hasParent(folder);
    return copy;
  }

  private String reason(String file) throws Exception {
    return ((Plan.Rejected) plan(file, "[]")).reason();
  }

  private Plan plan(String file, String parameters) throws Exception {
    ObjectNode spec = Codec.JSON.createObjectNode();
    spec.put("file", file);
    spec.set("parameters", Codec.JSON.readTree(parameters));
    return new Runners(List.of(new PythonRunner(true))).plan("python", spec, attempt());
  }

  private Attempt attempt() {
    return new Attempt(1, 2, 3, "main", folder, Codec.JSON.createObjectNode(), bench);
  }
}
