package io.mutirao.dispatcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.lifecycle.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DueDatesTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final DueDates dates = new DueDates();

  /** One that waits in the queue: its date is the end of its patience. */
  private static Run waiting(long id, Instant until) {
    JobDefinition definition =
        JobDefinition.of(
            "waits",
            List.of(Task.of("a", "noop", Codec.JSON.createObjectNode())),
            "databricks",
            Codec.JSON.createObjectNode());
    Run run =
        new Run(
            new Run.Fixed(
                new RunId(id),
                new JobId(1),
                1,
                id,
                false,
                definition,
                RunRequest.submitted(List.of()),
                NOON,
                "c" + id,
                "ana"));
    run.tasks.add(
        new TaskRun(run, 0, new AttemptId(1_000 + id), new TaskState.Blocked(), NOON, NOON));
    run.queued = true;
    run.queuedUntil = until;
    return run;
  }

  @Test
  void aRunIsThereOnceHoweverOftenItsDateMoves() {
    Run run = waiting(1, NOON);
    for (int i = 0; i < 100; i++) {
      run.queuedUntil = NOON.plusSeconds(i);
      dates.put(run);
    }

    assertThat(dates.size()).isEqualTo(1);
    assertThat(dates.next()).contains(NOON.plusSeconds(99));
  }

  @Test
  void whatHasNoDateAnyMoreIsNotThere() {
    Run run = waiting(1, NOON);
    dates.put(run);
    run.queued = false;

    assertThat(dates.next()).isEmpty();
    assertThat(dates.size()).isZero();
  }

  @Test
  void aDateThatMovedUnnoticedIsNotTakenForTheOldOne() {
    Run run = waiting(1, NOON);
    Run other = waiting(2, NOON.plusSeconds(5));
    dates.put(run);
    dates.put(other);
    run.queuedUntil = NOON.plusSeconds(9);

    assertThat(dates.take(NOON.plusSeconds(5))).isSameAs(other);
    assertThat(dates.take(NOON.plusSeconds(5))).isNull();
    assertThat(dates.next()).contains(NOON.plusSeconds(9));
  }

  /** Else a run would be remembered until its time-out has come, days after its end. */
  @Test
  void aRunThatIsOverLeavesNothingBehind() {
    var memory = new LaneMemory();
    var job = new KnownJob(1, 1, false, 1, null);
    Run run = waiting(1, NOON.plus(Duration.ofDays(2)));
    memory.add(run, job);
    assertThat(memory.nextDue()).isPresent();

    memory.remove(run);
    memory.schedule(run);

    assertThat(run.due).isNull();
    assertThat(memory.nextDue()).isEmpty();
  }

  @Test
  void theyComeInTheOrderOfTheirDatesWhateverHappened() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<Run> open =
        new ArrayList<>(LongStream.range(1, 51).mapToObj(id -> waiting(id, NOON)).toList());
    for (int i = 0; i < 2_000; i++) {
      Run run = open.get(random.nextInt(open.size()));
      run.queuedUntil = NOON.plusSeconds(random.nextInt(100));
      dates.put(run);
      if (random.nextInt(5) == 0) {
        dates.remove(run);
      }
    }
    open.forEach(dates::put);

    List<Run> taken = new ArrayList<>();
    for (Run run = dates.take(Instant.MAX); run != null; run = dates.take(Instant.MAX)) {
      taken.add(run);
    }

    open.sort(
        Comparator.comparing((Run run) -> run.queuedUntil).thenComparingLong(r -> r.id().value()));
    assertThat(taken).as("seed %d", seed).isEqualTo(open);
  }
}
