package io.mutirao.worker.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mutirao.worker.library.MavenRepositories.Provided;
import io.mutirao.worker.runner.Trial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a repository in a folder, which is used in place of all others. */
@Timeout(600)
class MavenRepositoriesTest {

  @TempDir Path folder;
  private Path repository;

  @BeforeEach
  void fill() throws IOException {
    repository = folder.resolve("repository");
    artifact("base", "");
    artifact("more", "");
    artifact("app", needs("base") + needs("more"));
    artifact("other", needs("base"));
    artifact("broken", needs("nowhere"));
  }

  @Test
  void anArtifactComesWithAllThatItNeeds() throws Exception {
    assertThat(names(libraries("{'maven':{'coordinates':'org.x:app:1'}}")))
        .containsExactly("app-1.jar", "base-1.jar", "more-1.jar");
  }

  @Test
  void severalArtifactsShareWhatTheyNeedAndExclusionsStayAway() throws Exception {
    assertThat(
            names(
                libraries(
                    "{'maven':{'coordinates':'org.x:app:1','exclusions':['org.x:more']}},"
                        + "{'maven':{'coordinates':'org.x:other:1'}}")))
        .containsExactlyInAnyOrder("app-1.jar", "base-1.jar", "other-1.jar");
  }

  @Test
  void whatCannotBeFoundIsNamed() {
    assertThatThrownBy(() -> libraries("{'maven':{'coordinates':'org.x:broken:1'}}"))
        .isInstanceOf(NotInstalled.class)
        .hasMessageContaining("org.x:nowhere:jar:1");
    assertThatThrownBy(() -> libraries("{'maven':{'coordinates':'nonsense'}}"))
        .isInstanceOf(NotInstalled.class)
        .hasMessage("maven: expected group:artifact:version as coordinates, not nonsense");
  }

  @Test
  void tasksThatStartTogetherFetchAnArtifactOnce() throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      trials.add(trial("{'maven':{'coordinates':'org.x:app:1'}}"));
    }
    MavenRepositories maven = maven();
    List<Future<List<Path>>> all;
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<List<Path>>> calls = new ArrayList<>();
      trials.forEach(trial -> calls.add(() -> resolve(maven, trial)));
      all = threads.invokeAll(calls);
    }

    for (Future<List<Path>> one : all) {
      assertThat(one.get()).hasSize(3).isEqualTo(all.getFirst().get());
    }
    assertThat(trials.stream().mapToLong(trial -> trial.bench.notes.size()).sum())
        .as("notes of a first jar that was fetched")
        .isLessThanOrEqualTo(3);
  }

  @Test
  void theMachinesSettingsAreHeeded() throws Exception {
    Path kept = folder.resolve("kept");
    Path settings =
        Files.writeString(
            folder.resolve("settings.xml"),
            """
            <settings>
              <localRepository>%s</localRepository>
              <mirrors>
                <mirror><id>m</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
              </mirrors>
            </settings>
            """
                .formatted(kept, repository.toUri()));

    List<Path> jars =
        resolve(
            new MavenRepositories(settings, Optional.empty(), Optional.empty()),
            trial("{'maven':{'coordinates':'org.x:base:1'}}"));

    assertThat(jars).containsExactly(kept.resolve("org/x/base/1/base-1.jar"));
  }

  private List<Path> libraries(String libraries)
      throws NotInstalled, IOException, InterruptedException {
    return resolve(maven(), trial(libraries));
  }

  private MavenRepositories maven() throws IOException {
    return new MavenRepositories(
        folder.resolve("none.xml"), Optional.of(repository.toUri().toString()), Optional.empty());
  }

  private Trial trial(String libraries) throws IOException {
    return new Trial(folder, "{'libraries':[" + libraries + "]}");
  }

  private static List<Path> resolve(MavenRepositories maven, Trial trial)
      throws NotInstalled, IOException, InterruptedException {
    return new Libraries(maven, new LibraryFiles(true))
        .prepare(trial.attempt, Path.of("/usr/bin/python3"), Provided.NOTHING)
        .jars();
  }

  private static List<String> names(List<Path> jars) {
    return jars.stream().map(jar -> jar.getFileName().toString()).toList();
  }

  private void artifact(String name, String needs) throws IOException {
    Path at = Files.createDirectories(repository.resolve("org/x").resolve(name).resolve("1"));
    Files.writeString(
        at.resolve(name + "-1.pom"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.x</groupId><artifactId>%s</artifactId><version>1</version>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(name, needs));
    try (OutputStream out = Files.newOutputStream(at.resolve(name + "-1.jar"));
        ZipOutputStream jar = new ZipOutputStream(out)) {
      jar.putNextEntry(new ZipEntry(name + ".txt"));
    }
  }

  private static String needs(String name) {
    return "<dependency><groupId>org.x</groupId><artifactId>%s</artifactId><version>1</version></dependency>"
        .formatted(name);
  }
}
