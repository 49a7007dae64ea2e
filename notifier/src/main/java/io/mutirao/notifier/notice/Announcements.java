package io.mutirao.notifier.notice;

import io.mutirao.contracts.job.JobEvent.JobDeleted;
import io.mutirao.contracts.job.Notifications;
import io.mutirao.contracts.job.Notifications.Event;
import io.mutirao.contracts.job.Notifications.Targets;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.DurationWarning;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.run.RunEvent.RunTerminating;
import io.mutirao.contracts.run.RunEvent.TaskChanged;
import io.mutirao.contracts.run.RunNotices;
import io.mutirao.notifier.notice.Notice.What;
import io.mutirao.notifier.notice.Target.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which event makes which messages (Jobs API 2.0, JobEmailNotifications, WebhookNotifications,
 * JobNotificationSettings).
 */
public final class Announcements {

  /** What is told of a run or of a task: the part of a notice that differs from event to event. */
  private record Fact(
      What what,
      @Nullable String task,
      int attempt,
      @Nullable Result result,
      @Nullable Cause cause,
      String message,
      @Nullable Instant startedAt,
      @Nullable Integer afterSeconds,
      boolean retried) {

    static Fact of(What what, @Nullable String task, int attempt, @Nullable Instant startedAt) {
      return new Fact(what, task, attempt, null, null, "", startedAt, null, false);
    }

    Fact ofTask(String key) {
      return new Fact(what, key, attempt, result, cause, message, startedAt, afterSeconds, retried);
    }
  }

  /**
   * What an event of a run makes.
   *
   * @param queued the first event of the same execution
   */
  public static List<Announcement> of(RunEvent event, RunQueued queued) {
    RunNotices notices = queued.notices();
    if (notices == null) {
      return List.of();
    }
    int attempt = queued.attemptNumber() == null ? 0 : queued.attemptNumber();
    return switch (event) {
      case RunQueued _, RunTerminating _ -> List.of();
      case RunStarted started ->
          ofRun(event, queued, notices, Fact.of(What.START, null, attempt, started.startedAt()));
      case RunFinished over -> {
        What what = whatOf(over.result());
        yield what == null
            ? List.of()
            : ofRun(
                event,
                queued,
                notices,
                new Fact(
                    what,
                    null,
                    attempt,
                    over.result(),
                    over.cause(),
                    over.message(),
                    over.startedAt(),
                    null,
                    Boolean.TRUE.equals(over.retried())));
      }
      case DurationWarning slow -> {
        Fact fact =
            new Fact(
                What.SLOW, slow.task(), attempt, null, null, "", null, slow.afterSeconds(), false);
        yield slow.task() == null
            ? told(event, queued, notices.run(), fact)
            : told(event, queued, notices.tasks().get(slow.task()), fact);
      }
      case TaskChanged changed -> ofTask(changed, queued, notices);
    };
  }

  /** Of the run, and of its only task when the run's events stand for it. */
  private static List<Announcement> ofRun(
      RunEvent event, RunQueued queued, RunNotices notices, Fact fact) {
    String own = notices.ownTask();
    List<Announcement> all = new ArrayList<>(told(event, queued, notices.run(), fact));
    if (own != null) {
      all.addAll(told(event, queued, notices.tasks().get(own), fact.ofTask(own)));
    }
    return all;
  }

  private static List<Announcement> ofTask(
      TaskChanged changed, RunQueued queued, RunNotices notices) {
    Notifications who = notices.tasks().get(changed.task());
    String key = changed.task();
    int attempt = changed.attemptNumber();
    if (changed.phase() == Phase.RUNNING) {
      return told(changed, queued, who, Fact.of(What.START, key, attempt, changed.startedAt()));
    }
    Result result = changed.result();
    What what = result == null ? null : whatOf(result);
    if (changed.phase() != Phase.FINISHED || what == null) {
      return List.of();
    }
    return told(
        changed,
        queued,
        who,
        new Fact(
            what,
            key,
            attempt,
            result,
            changed.cause(),
            changed.message(),
            changed.startedAt(),
            null,
            changed.retried()));
  }

  /** Null: a task that others kept from running is no event of its own. */
  private static @Nullable What whatOf(Result result) {
    return switch (result) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES -> What.SUCCESS;
      case FAILED, TIMED_OUT, ERROR, CANCELED, SKIPPED -> What.FAILURE;
      case EXCLUDED, UPSTREAM_FAILED, UPSTREAM_CANCELED -> null;
    };
  }

  private static List<Announcement> told(
      RunEvent event, RunQueued queued, @Nullable Notifications who, Fact fact) {
    if (who == null || isMuted(who, fact)) {
      return List.of();
    }
    Targets targets = who.on().get(eventOf(fact.what()));
    if (targets == null) {
      return List.of();
    }
    boolean mail = fact.result() != Result.SKIPPED || who.skippedByMail();
    Stream<Target> addresses =
        mail ? targets.mail().stream().map(a -> new Target(Channel.MAIL, a)) : Stream.of();
    Stream<Target> destinations =
        targets.destinations().stream().map(id -> new Target(Channel.DESTINATION, id));
    Notice notice = notice(event, queued, fact);
    return Stream.concat(addresses, destinations)
        .distinct()
        .map(target ->
            new Announcement(
                "run " + event.run(), event.repair() + "/" + event.sequence(), notice, target))
        .toList();
  }

  private static boolean isMuted(Notifications who, Fact fact) {
    boolean beforeTheLast = fact.retried() || (fact.what() == What.START && fact.attempt() > 0);
    return (who.lastAttemptOnly() && beforeTheLast)
        || (!who.skipped() && fact.result() == Result.SKIPPED)
        || (!who.canceled() && fact.result() == Result.CANCELED);
  }

  private static Event eventOf(What what) {
    return switch (what) {
      case START -> Event.START;
      case SUCCESS -> Event.SUCCESS;
      case FAILURE -> Event.FAILURE;
      case SLOW -> Event.SLOW;
      case DELETED -> throw new IllegalArgumentException("no event of a run: " + what);
    };
  }

  private static Notice notice(RunEvent event, RunQueued queued, Fact fact) {
    RunNotices notices = queued.notices();
    return new Notice(
        fact.what(),
        event.job(),
        nameOr(queued.jobName(), event.job().toString()),
        event.run(),
        event.repair(),
        queued.numberInJob(),
        fact.task(),
        fact.attempt(),
        fact.result(),
        fact.cause(),
        fact.message(),
        event.at(),
        fact.startedAt(),
        fact.afterSeconds(),
        queued.by(),
        notices == null ? Map.of() : notices.parameters(),
        notices == null ? Map.of() : notices.jobParameters());
  }

  /** The mails about the end of a job. */
  public static List<Announcement> of(JobDeleted gone) {
    Notice notice =
        new Notice(
            What.DELETED,
            gone.job(),
            nameOr(gone.name(), gone.job().toString()),
            null,
            0,
            null,
            null,
            0,
            null,
            null,
            "",
            gone.at(),
            null,
            null,
            gone.by(),
            Map.of(),
            Map.of());
    return gone.mail().stream()
        .map(address -> new Target(Channel.MAIL, address))
        .distinct()
        .map(target ->
            new Announcement("job " + gone.job(), "version/" + gone.version(), notice, target))
        .toList();
  }

  private static String nameOr(@Nullable String name, String otherwise) {
    return name == null ? otherwise : name;
  }

  private Announcements() {}
}
