package io.mutirao.dispatcher.run;

import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelJobRuns;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.ChildEnded;
import io.mutirao.contracts.run.RunCommand.ChildStarted;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.DeleteRun;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.run.RunCommand.RepairRun;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunCommand.SubmitRun;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a batch must know of the database before its commands are answered.
 *
 * @param presumedNew ids of commands that were not looked up: what is written will find it out
 * @param runs that are over and that a command would delete or repair
 * @param repairs the latest repair of those of them that have one
 * @param there ids of runs, or of their attempts, that exist and are not hidden
 * @param active ids of runs, or of their attempts, that were not over when the batch began; an
 *     input before the command may have ended them since
 */
record LookUp(
    AnswerStore.Answers answers,
    Set<String> presumedNew,
    Map<Long, Run> runs,
    Map<Long, Long> repairs,
    Set<Long> there,
    Set<Long> active) {

  boolean isThere(long id) {
    return there.contains(id) || active.contains(id);
  }

  boolean wasActive(long id) {
    return active.contains(id);
  }

  /**
   * Looks up what these commands need; their jobs are brought into memory. That a command comes
   * twice is rare but for times of trouble: in a calm lane nobody asks, and the first one that does
   * come again fails the batch by its id.
   */
  static LookUp of(
      Collection<Envelope<RunCommand>> commands, LaneMemory memory, Instant now, Connection db)
      throws SQLException {
    Set<Long> jobs = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    Set<Long> runs = new HashSet<>();
    Set<Long> named = new HashSet<>();
    for (Envelope<RunCommand> command : commands) {
      switch (command.message()) {
        case RunJob run -> {
          ids.add(command.id());
          add(tokens, run.token());
          jobs.add(run.job().value());
        }
        case SubmitRun submit -> {
          ids.add(command.id());
          add(tokens, submit.token());
        }
        case DefineJob define -> jobs.add(define.job().value());
        case ForgetJob forget -> jobs.add(forget.job().value());
        case ChildStarted _, ChildEnded _ -> {} // their tasks are in memory, or over
        case CancelJobRuns cancel -> {
          ids.add(command.id());
          jobs.add(cancel.job().value());
        }
        case CancelRun cancel -> {
          ids.add(command.id());
          named.add(cancel.run().value());
        }
        case DeleteRun delete -> {
          ids.add(command.id());
          runs.add(delete.run().value());
        }
        case RepairRun repair -> {
          ids.add(command.id());
          runs.add(repair.run().value());
        }
      }
    }
    Set<Long> active = new HashSet<>(named);
    active.removeIf(id -> memory.attempt(id) == null);
    Stream.concat(named.stream(), runs.stream())
        .filter(id -> memory.run(id) != null)
        .forEach(active::add);
    runs.removeAll(active);
    Map<Long, Run> found = RunStore.find(db, runs);
    found.values().forEach(run -> jobs.add(run.fixed.job().value()));
    jobs.removeIf(memory::knows);
    JobStore.find(db, jobs).forEach(memory::keep);
    named.removeAll(active);
    boolean presume = memory.isCalm(now) && tokens.isEmpty();
    return new LookUp(
        AnswerStore.find(db, presume ? Set.of() : ids, tokens),
        presume ? ids : Set.of(),
        found,
        RepairStore.latest(db, found.keySet()),
        there(db, named),
        active);
  }

  private static void add(Set<String> tokens, @Nullable String token) {
    if (token != null) {
      tokens.add(token);
    }
  }

  private static final String THERE =
      """
      select asked.id
        from unnest(?) as asked (id)
        left join attempt a on a.attempt_id = asked.id
        join run r on r.run_id = coalesce(a.run_id, asked.id)
        left join job j on j.job_id = r.job_id
       where not coalesce(j.forgotten, false)
      """;

  private static Set<Long> there(Connection db, Collection<Long> ids) throws SQLException {
    Set<Long> there = new HashSet<>();
    if (ids.isEmpty()) {
      return there;
    }
    try (PreparedStatement select = db.prepareStatement(THERE)) {
      select.setArray(1, SqlArray.of("bigint", List.copyOf(ids), id -> id).in(db));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          there.add(row.getLong(1));
        }
      }
    }
    return there;
  }
}
