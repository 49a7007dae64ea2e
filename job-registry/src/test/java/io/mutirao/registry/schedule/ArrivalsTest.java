package io.mutirao.registry.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.job.JobTrigger.FileArrival;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final FileArrival AT_ONCE = new FileArrival("dbfs:/in", 0, 0, false);

  @Test
  void whatWasThereBeforeTheWatchBeganHasNotArrived() {
    assertThat(Arrivals.begin(Map.of("a", 1L)).fires(AT_ONCE, NOON)).isFalse();
  }

  @Test
  void aNewFileArrivesAndFiresOnce() {
    Arrivals seen = Arrivals.begin(Map.of("a", 1L)).look(Map.of("a", 1L, "b", 2L), NOON);

    assertThat(seen.fires(AT_ONCE, NOON)).isTrue();
    assertThat(seen.fired(NOON).fires(AT_ONCE, NOON.plusSeconds(10))).isFalse();
  }

  @Test
  void aFileThatWasPutAgainArrivesAgain() {
    Arrivals seen = Arrivals.begin(Map.of("a", 1L)).look(Map.of("a", 2L), NOON);

    assertThat(seen.fires(AT_ONCE, NOON)).isTrue();
  }

  @Test
  void aFileThatGoesDoesNotArrive() {
    Arrivals seen = Arrivals.begin(Map.of("a", 1L, "b", 2L)).look(Map.of("b", 2L), NOON);

    assertThat(seen.fires(AT_ONCE, NOON)).isFalse();
  }

  @Test
  void whileFilesKeepComingItWaits() {
    FileArrival quiet = new FileArrival("dbfs:/in", 0, 60, false);
    Arrivals first = Arrivals.begin(Map.of()).look(Map.of("a", 1L), NOON);
    Arrivals second = first.look(Map.of("a", 1L, "b", 2L), NOON.plusSeconds(50));

    assertThat(first.fires(quiet, NOON.plusSeconds(60))).isTrue();
    assertThat(second.fires(quiet, NOON.plusSeconds(60))).isFalse();
    assertThat(second.fires(quiet, NOON.plusSeconds(110))).isTrue();
  }

  @Test
  void soonAfterARunItWaitsAndForgetsNothing() {
    FileArrival seldom = new FileArrival("dbfs:/in", 60, 0, false);
    Arrivals fired = Arrivals.begin(Map.of()).look(Map.of("a", 1L), NOON).fired(NOON);
    Arrivals more = fired.look(Map.of("a", 1L, "b", 2L), NOON.plusSeconds(10));

    assertThat(more.fires(seldom, NOON.plusSeconds(59))).isFalse();
    assertThat(more.fires(seldom, NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void foldersOfTheFileSystemOfTheInstallationAreWatched() {
    assertThat(FileWatch.folder("dbfs:/in//coming/"))
        .hasValueSatisfying(path -> assertThat(path).hasToString("dbfs/in/coming"));
    assertThat(FileWatch.folder("dbfs:/"))
        .hasValueSatisfying(path -> assertThat(path).hasToString("dbfs"));
    assertThat(FileWatch.folder("s3://bucket/in")).isEmpty();
    assertThat(FileWatch.folder("dbfs:/in/../..")).isEmpty();
  }
}
