package io.mutirao.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temporary;

  @Test
  void onlyItsOwnerCanLookInside() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("data"))) {
      Secrets.in(folder).get("token");
      assertThat(permissions(folder.path())).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("secrets"))).isEqualTo("rw-------");
    }
  }

  @Test
  void dataOfANewerVersionAreRefusedAndLeftAsTheyAre() throws Exception {
    Files.writeString(temporary.resolve("VERSION"), "2\n");
    assertThatThrownBy(() -> DataFolder.open(temporary))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("newer")
        .hasMessageContaining("format 2");
    try (var files = Files.list(temporary)) {
      assertThat(files).containsExactly(temporary.resolve("VERSION"));
    }
  }

  @Test
  void aFolderWithSomebodyElsesFilesIsRefused() throws Exception {
    Files.writeString(temporary.resolve("thesis.tex"), "do not touch");
    assertThatThrownBy(() -> DataFolder.open(temporary))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("not a data folder");
  }

  @Test
  void aSecondStackOnTheSameDataIsRefusedUntilTheFirstIsGone() throws Exception {
    Path data = temporary.resolve("data");
    try (DataFolder _ = DataFolder.open(data)) {
      assertThatThrownBy(() -> DataFolder.open(data))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("already running");
    }
    DataFolder.open(data).close();
  }

  @Test
  void secretsAreMadeOnceAndKept() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("data"))) {
      String made = Secrets.in(folder).get("token");
      assertThat(made).hasSize(40);
      assertThat(Secrets.in(folder).get("token")).isEqualTo(made);
      Secrets.in(folder).keep("token", "chosen");
      assertThat(Secrets.in(folder).get("token")).isEqualTo("chosen");
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
