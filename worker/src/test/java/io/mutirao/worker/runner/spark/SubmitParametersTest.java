package io.mutirao.worker.runner.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.runner.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitParametersTest {

  @TempDir Path folder;

  @Test
  void optionsEndWhereTheApplicationStands() {
    SubmitParameters given =
        SubmitParameters.of(
            List.of("--class", "org.X", "--verbose", "--conf=a=b", "dbfs:/x.jar", "--class", "10"));

    assertThat(given.options()).containsExactly("--class", "org.X", "--verbose", "--conf", "a=b");
    assertThat(given.file()).isEqualTo("dbfs:/x.jar");
    assertThat(given.parameters()).containsExactly("--class", "10");
    assertThat(given.misplaced()).isNull();
  }

  @Test
  void whatTheServiceSetsIsFound() {
    assertThat(SubmitParameters.of(List.of("--deploy-mode=client", "x.jar")).misplaced())
        .isEqualTo("--deploy-mode");
    assertThat(SubmitParameters.of(List.of("--conf", "spark.master=yarn", "x.jar")).misplaced())
        .isEqualTo("spark.master");
    assertThat(SubmitParameters.of(List.of("-c", "spark.executor.cores=9", "x.jar")).misplaced())
        .isEqualTo("spark.executor.cores");
    assertThat(SubmitParameters.of(List.of("x.jar", "--conf", "spark.master=yarn")).misplaced())
        .isNull();
    assertThat(SubmitParameters.of(List.of("--class", "X")).file()).isNull();
  }

  @Test
  void filesOfTheInstallationAreBroughtAndOthersLeftToSpark() throws Exception {
    Trial trial = new Trial(folder, "{}");
    trial.bench.put("dbfs/a.jar", "a");
    trial.bench.put("dbfs/lib/b.jar", "b");

    SubmitParameters there =
        SubmitParameters.of(
                List.of("--jars", "dbfs:/lib/b.jar,s3://x/c.jar", "/dbfs/a.jar", "dbfs:/in"))
            .brought(new LibraryFiles(false), trial.attempt);

    Path here = trial.attempt.folder().resolve(".libraries");
    assertThat(there.options())
        .containsExactly("--jars", here.resolve("1/b.jar") + ",s3://x/c.jar");
    assertThat(there.file()).isEqualTo(here.resolve("0/a.jar").toString());
    assertThat(there.parameters()).containsExactly("dbfs:/in");
    assertThat(here.resolve("0/a.jar")).hasContent("a");
  }
}
