package io.mutirao.systemtests.stack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Looks at how many tasks are with workers, as often as it can. */
public final class Actives implements AutoCloseable {

  private static final Duration OFTEN = Duration.ofMillis(20);

  private static final String COUNT =
      """
      select (select count(*) from dispatcher.run
               where own_task and ended_at is null and phase <> 'QUEUED'
                 and (offered_at is not null or worker is not null))
           + (select count(*) from dispatcher.task_run
               where not delegated and phase in ('PENDING', 'RUNNING', 'TERMINATING'))
      """;

  private static final String COUNT_OF_JOB =
      """
      select count(*) from dispatcher.run
       where ended_at is null and phase <> 'QUEUED' and job_id = ?
      """;

  /** Between start and end, as the rows say afterwards: so no instant is left out. */
  private static final String MOST =
      """
      select coalesce(max(active), 0)
        from (select sum(step) over (order by at, step) as active
                from (select started_at as at, 1 as step from dispatcher.run
                       where started_at is not null and %1$s
                      union all
                      select ended_at, -1 from dispatcher.run
                       where started_at is not null and ended_at is not null and %1$s) as moments
             ) as instants
      """;

  private final Mutirao mutirao;
  private final String query;
  private final Object[] parameters;
  private final AtomicLong most = new AtomicLong();
  private final Thread watch;
  private volatile boolean closed;

  public Actives(Mutirao mutirao) {
    this(mutirao, COUNT);
  }

  /** Instead: how many runs of a job have been let in and are not over. */
  public Actives(Mutirao mutirao, long job) {
    this(mutirao, COUNT_OF_JOB, job);
  }

  private Actives(Mutirao mutirao, String query, Object... parameters) {
    this.mutirao = mutirao;
    this.query = query;
    this.parameters = parameters;
    watch = Thread.ofVirtual().start(this::watch);
  }

  /** In one statement, so that all is seen at one instant. */
  public static long now(Mutirao mutirao) {
    return mutirao.database().number(COUNT);
  }

  /** How many runs of a job there ever were at one instant, of those that have begun. */
  public static long mostOf(Mutirao mutirao, long job) {
    return mutirao.database().number(MOST.formatted("job_id = " + job));
  }

  /** Likewise of all runs that have one plain task. */
  public static long mostOfAll(Mutirao mutirao) {
    return mutirao.database().number(MOST.formatted("own_task"));
  }

  private void watch() {
    while (!closed) {
      try (Connection connection = mutirao.database().connect();
          PreparedStatement statement = connection.prepareStatement(query)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        while (!closed) {
          look(statement);
          Thread.sleep(OFTEN);
        }
      } catch (SQLException _) {
        pause(); // the database is away for a moment
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void look(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      most.accumulateAndGet(rows.getLong(1), Math::max);
    }
  }

  private static void pause() {
    LockSupport.parkNanos(OFTEN.toNanos());
  }

  /** The most that were seen at a time. */
  public long most() {
    return most.get();
  }

  @Override
  public void close() {
    closed = true;
    try {
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
