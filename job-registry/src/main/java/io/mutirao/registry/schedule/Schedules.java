package io.mutirao.registry.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.JobTrigger.FileArrival;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.ObjectPath;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Fires what is due, in the lane of its job: the command and the next date are committed together,
 * by the lane's owner alone, so that several instances fire each time once.
 */
@Singleton
public final class Schedules {

  /** The most that one batch fires; the rest is due at once. */
  private static final int AT_ONCE = 500;

  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Logger log = Logger.getLogger(Schedules.class);

  private final Firing.Policy policy;
  private final Duration fileCheck;
  private final Lanes lanes;
  private final FileWatch files;
  private final MeterRegistry metrics;
  private final Map<Integer, ScheduleLane> memory = new HashMap<>();
  private int term;

  Schedules(ScheduleConfig config, Lanes lanes, MeterRegistry metrics) {
    this.metrics = metrics;
    this.policy = new Firing.Policy(config.missedFires(), config.missedAfter());
    this.fileCheck = config.fileCheck();
    this.lanes = lanes;
    this.files = new FileWatch(new DirectoryStore(config.objects()));
  }

  public void takeOver(int lane, Connection db) throws SQLException {
    ScheduleLane read = new ScheduleLane();
    for (Schedule schedule : ScheduleStore.ofLane(db, lane, lanes)) {
      Optional<String> wrong = Times.wrongWith(schedule.trigger());
      if (wrong.isEmpty()) {
        read.know(schedule);
      } else {
        log.errorf("Job %s will not run by itself: %s", schedule.job(), wrong.get());
      }
    }
    memory.put(lane, read);
    term++;
  }

  public void release(int lane) {
    memory.remove(lane);
  }

  public Optional<Instant> due(int lane) {
    ScheduleLane known = memory.get(lane);
    return known == null ? Optional.empty() : known.nextDue();
  }

  /**
   * The job has this definition from now on. A trigger that stays as it was goes on where it is;
   * any other begins now, and nothing is made up for.
   */
  public void define(int lane, JobId job, JobDefinition definition, String creator, Instant now) {
    ScheduleLane known = of(lane);
    JobTrigger trigger = definition.trigger();
    Schedule before = known.of(job);
    if (trigger == null) {
      forget(lane, job);
    } else if (before == null || !before.trigger().equals(trigger)) {
      known.put(Schedule.begin(job, creator, trigger, now));
    }
  }

  public void forget(int lane, JobId job) {
    of(lane).remove(job);
  }

  /** Fires what is due and tells the database how far all have come. */
  public void step(int lane, Instant now, LaneChanges changes) {
    ScheduleLane known = of(lane);
    for (Schedule schedule : known.takeDue(now, AT_ONCE)) {
      if (schedule.isNew()) {
        known.put(Schedule.begin(schedule.job(), schedule.by(), schedule.trigger(), now));
      } else if (schedule.trigger() instanceof FileArrival trigger) {
        look(known, schedule, trigger, now, changes);
      } else if (schedule.next() != null) {
        fire(known, schedule, schedule.next(), now, changes);
      }
    }
    ScheduleStore.put(changes, known.takeChanged());
    ScheduleStore.remove(changes, known.takeGone());
  }

  private void fire(
      ScheduleLane known, Schedule schedule, Instant due, Instant now, LaneChanges changes) {
    Times times = Times.of(schedule.trigger(), schedule.since());
    Firing firing = Firing.of(times, due, now, policy, AT_ONCE);
    if (Duration.between(due, now).compareTo(policy.after()) > 0) {
      metrics.counter("mutirao_schedule_missed").increment();
      log.warnf(
          "Job %s should have run at %s; of the times missed since, %d start a run",
          schedule.job(), due, firing.slots().size());
    }
    for (Instant slot : firing.slots()) {
      run(schedule, slot, changes);
      metrics.timer("mutirao_schedule_lateness").record(Duration.between(slot, now));
    }
    known.put(schedule.firesNext(firing.next()));
  }

  /** The id of the command says which time it stands for: the dispatcher carries it out once. */
  private void run(Schedule schedule, Instant slot, LaneChanges changes) {
    metrics.counter("mutirao_schedule_fired", "trigger", schedule.asks().name()).increment();
    RunJob command =
        new RunJob(
            schedule.job(),
            Map.of(),
            null,
            schedule.by(),
            Map.of(),
            null,
            List.of(),
            schedule.asks(),
            null);
    String id = "schedule/" + schedule.job() + "/" + slot.toEpochMilli();
    changes.send(Topics.RUN_COMMANDS, new Envelope<>(id, command, null, null));
  }

  private void look(
      ScheduleLane known,
      Schedule schedule,
      FileArrival trigger,
      Instant now,
      LaneChanges changes) {
    ObjectPath folder = FileWatch.folder(trigger.path()).orElse(null);
    if (folder == null) {
      known.lookAgain(schedule, Instant.MAX); // a place that we do not have
      return;
    }
    var place = new FileWatch.Place(term, schedule.job().value(), folder);
    FileWatch.Look look = files.look(place).orElse(null);
    if (look == null) {
      known.lookAgain(schedule, now.plus(GLANCE));
      return;
    }
    known.lookAgain(schedule, now.plus(fileCheck));
    if (look.files().isPresent()) {
      Arrivals after = after(schedule, look.files().get(), now);
      if (after.fires(trigger, now)) {
        run(schedule, now, changes);
        after = after.fired(now);
      }
      if (!after.equals(schedule.arrivals())) {
        known.put(schedule.saw(after));
      }
    }
  }

  private static Arrivals after(Schedule schedule, Map<String, Long> seen, Instant now) {
    Arrivals before = schedule.arrivals();
    return before == null ? Arrivals.begin(seen) : before.look(seen, now);
  }

  private ScheduleLane of(int lane) {
    return Objects.requireNonNull(memory.get(lane));
  }
}
