package io.mutirao.notifier.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobEvent.JobDeleted;
import io.mutirao.contracts.job.Notifications;
import io.mutirao.contracts.job.Notifications.Event;
import io.mutirao.contracts.job.Notifications.Targets;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.DurationWarning;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.run.RunEvent.TaskChanged;
import io.mutirao.contracts.run.RunNotices;
import io.mutirao.notifier.notice.Notice.What;
import io.mutirao.notifier.notice.Target.Channel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnnouncementsTest {

  private static final RunId RUN = new RunId(70);
  private static final JobId JOB = new JobId(4);
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
  private static final AttemptId ATTEMPT = new AttemptId(74);
  private static final Targets ANA = new Targets(List.of("ana@example.org"), List.of("d-1"));
  private static final Notifications ALL = notifications(true, true, true, false);

  @Test
  void aRunThatSucceedsIsToldAtItsStartAndAtItsEnd() {
    RunQueued queued = queued(ALL, 0);

    assertThat(Announcements.of(queued, queued)).isEmpty();
    assertThat(whats(started(), queued)).containsExactly(What.START, What.START);
    assertThat(whats(finished(Result.SUCCEEDED, false), queued))
        .containsExactly(What.SUCCESS, What.SUCCESS);
    assertThat(Announcements.of(started(), queued))
        .extracting(Announcement::target)
        .containsExactly(
            new Target(Channel.MAIL, "ana@example.org"), new Target(Channel.DESTINATION, "d-1"));
  }

  @Test
  void whateverIsNoSuccessIsAFailure() {
    RunQueued queued = queued(ALL, 0);
    for (Result result :
        List.of(Result.FAILED, Result.TIMED_OUT, Result.ERROR, Result.CANCELED, Result.SKIPPED)) {
      assertThat(whats(finished(result, false), queued))
          .as(result.name())
          .containsExactly(What.FAILURE, What.FAILURE);
    }
    assertThat(whats(finished(Result.SUCCEEDED_WITH_FAILURES, false), queued))
        .containsExactly(What.SUCCESS, What.SUCCESS);
  }

  @Test
  void nobodyIsToldOfWhatHeDidNotAskFor() {
    RunQueued queued =
        queued(new Notifications(Map.of(Event.FAILURE, ANA), true, true, true, false), 0);

    assertThat(Announcements.of(started(), queued)).isEmpty();
    assertThat(Announcements.of(finished(Result.SUCCEEDED, false), queued)).isEmpty();
    assertThat(Announcements.of(started(), queued(null, 0))).isEmpty();
  }

  @Test
  void aSkippedRunMayBeMutedForMailsOrForAll() {
    RunEvent skipped = finished(Result.SKIPPED, false);

    assertThat(Announcements.of(skipped, queued(notifications(false, true, true, false), 0)))
        .extracting(a -> a.target().channel())
        .containsExactly(Channel.DESTINATION);
    assertThat(Announcements.of(skipped, queued(notifications(true, false, true, false), 0)))
        .isEmpty();
  }

  @Test
  void aCanceledRunMayBeMuted() {
    RunEvent canceled = finished(Result.CANCELED, false);

    assertThat(Announcements.of(canceled, queued(notifications(true, true, false, false), 0)))
        .isEmpty();
    assertThat(
            whats(
                finished(Result.FAILED, false), queued(notifications(true, true, false, false), 0)))
        .hasSize(2);
  }

  @Test
  void onLastAttemptOnlyNeitherARetrysStartNorAFailureBeforeItIsTold() {
    Notifications last = notifications(true, true, true, true);

    assertThat(whats(started(), queued(last, 0))).hasSize(2);
    assertThat(Announcements.of(finished(Result.FAILED, true), queued(last, 0))).isEmpty();
    assertThat(Announcements.of(started(), queued(last, 1))).isEmpty();
    assertThat(whats(finished(Result.FAILED, false), queued(last, 1))).hasSize(2);
    assertThat(whats(finished(Result.SUCCEEDED, false), queued(last, 1))).hasSize(2);
  }

  @Test
  void aTaskIsToldToThoseWhoAskedForIt() {
    RunQueued queued = queued(new RunNotices(null, Map.of("load", ALL), null, Map.of(), Map.of()));

    assertThat(whats(task("load", Phase.RUNNING, null), queued))
        .containsExactly(What.START, What.START);
    assertThat(Announcements.of(task("load", Phase.FINISHED, Result.FAILED), queued))
        .allSatisfy(a -> assertThat(a.notice().task()).isEqualTo("load"))
        .hasSize(2);
    assertThat(Announcements.of(task("other", Phase.FINISHED, Result.FAILED), queued)).isEmpty();
    assertThat(Announcements.of(task("load", Phase.FINISHED, Result.UPSTREAM_FAILED), queued))
        .as("it never ran")
        .isEmpty();
    assertThat(Announcements.of(started(), queued)).as("nobody hears of the run").isEmpty();
  }

  @Test
  void theOnlyTaskOfARunIsToldByTheRunsEvents() {
    RunQueued queued = queued(new RunNotices(ALL, Map.of("main", ALL), "main", Map.of(), Map.of()));

    assertThat(Announcements.of(finished(Result.FAILED, false), queued))
        .extracting(a -> a.notice().task() + " " + a.target().name())
        .containsExactlyInAnyOrder(
            "null ana@example.org", "null d-1", "main ana@example.org", "main d-1");
  }

  @Test
  void aSlowRunIsToldOnceWithItsRule() {
    var slow = new DurationWarning(RUN, JOB, 0, 3, AT, null, 900);

    assertThat(Announcements.of(slow, queued(ALL, 0)))
        .hasSize(2)
        .allSatisfy(a -> assertThat(a.notice().afterSeconds()).isEqualTo(900));
  }

  @Test
  void aRepeatedEventIsTheSameDeliveryAndAnotherEventIsAnotherOne() {
    RunQueued queued = queued(ALL, 0);
    List<String> start = ids(Announcements.of(started(), queued));

    assertThat(ids(Announcements.of(started(), queued))).isEqualTo(start);
    assertThat(start).doesNotHaveDuplicates();
    assertThat(ids(Announcements.of(finished(Result.SUCCEEDED, false), queued)))
        .doesNotContainAnyElementsOf(start);
  }

  @Test
  void anAddressThatStandsTwiceHearsOnce() {
    Targets twice = new Targets(List.of("a@example.org", "a@example.org"), List.of());
    RunQueued queued =
        queued(new Notifications(Map.of(Event.START, twice), true, true, true, false), 0);

    assertThat(Announcements.of(started(), queued)).hasSize(1);
  }

  @Test
  void theAddressesOfADeletedJobHearOfIt() {
    var gone = new JobDeleted(JOB, 3, "bia", AT, "nightly", List.of("ana@example.org"));

    assertThat(Announcements.of(gone))
        .singleElement()
        .satisfies(a -> {
          assertThat(a.notice().what()).isEqualTo(What.DELETED);
          assertThat(a.notice().jobName()).isEqualTo("nightly");
          assertThat(a.target()).isEqualTo(new Target(Channel.MAIL, "ana@example.org"));
        });
  }

  private static Notifications notifications(
      boolean skippedByMail, boolean skipped, boolean canceled, boolean lastAttemptOnly) {
    Map<Event, Targets> on =
        Arrays.stream(Event.values()).collect(Collectors.toMap(Function.identity(), _ -> ANA));
    return new Notifications(on, skippedByMail, skipped, canceled, lastAttemptOnly);
  }

  private static RunQueued queued(@Nullable Notifications run, int attempt) {
    RunNotices notices =
        run == null ? null : new RunNotices(run, Map.of(), "main", Map.of(), Map.of());
    return new RunQueued(RUN, JOB, 0, 1, AT, 7, "ana", "nightly", null, attempt, notices);
  }

  private static RunQueued queued(RunNotices notices) {
    return new RunQueued(RUN, JOB, 0, 1, AT, 7, "ana", "nightly", null, null, notices);
  }

  private static RunEvent started() {
    return new RunStarted(RUN, JOB, 0, 2, AT, ATTEMPT, new WorkerId("w/1"), AT);
  }

  private static RunEvent finished(Result result, boolean retried) {
    return new RunFinished(RUN, JOB, 0, 3, AT, result, "why", AT, null, retried ? true : null);
  }

  private static RunEvent task(String key, Phase phase, @Nullable Result result) {
    return new TaskChanged(RUN, JOB, 0, 4, AT, key, ATTEMPT, 0, phase, result, null, "", AT, false);
  }

  private static List<What> whats(RunEvent event, RunQueued queued) {
    return Announcements.of(event, queued).stream().map(a -> a.notice().what()).toList();
  }

  private static List<String> ids(List<Announcement> announcements) {
    return announcements.stream().map(Announcement::id).toList();
  }
}
