package io.mutirao.benchmarks.stack;

import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.Connection;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StackState.Member;
import io.mutirao.launcher.data.StateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stack that somebody started, with jobs of our own on it for as long as this is open. */
public final class RunningStack implements AutoCloseable {

  /** So many, at least one in each lane, that no job reaches its limit of runs at a time. */
  private static final int JOBS = 16;

  private static final int MOST_JOBS = 400;

  private final Path data;
  private final StackState state;
  private final JobsApi api;
  private final List<Long> all = new ArrayList<>();
  private final List<Long> used = new ArrayList<>();

  private RunningStack(Path data, StackState state) {
    this.data = data;
    this.state = state;
    this.api = new JobsApi(URI.create(state.url()), state.token());
  }

  /** The stack of that data folder. */
  public static RunningStack in(Path data) throws IOException {
    StackState state =
        StateFile.in(data)
            .read()
            .filter(s -> s.launcher().alive().isPresent())
            .orElseThrow(() ->
                new IOException("no stack runs in " + data + "; start one with ./mutirao up"));
    return new RunningStack(data, state);
  }

  /** Makes the jobs: equally many in each lane. */
  public void createJobs() throws IOException {
    var lanes = new Lanes(StartTimes.partitions(state.kafkaBootstrap()));
    int[] perLane = new int[lanes.count()];
    int each = Math.max(1, JOBS / lanes.count());
    try (var connection = new Connection(api.server())) {
      while (used.size() < each * lanes.count() && all.size() < MOST_JOBS) {
        long job = api.createNoop(connection, "bench-" + all.size());
        all.add(job);
        if (perLane[lanes.of(new JobId(job))]++ < each) {
          used.add(job);
        }
      }
    }
  }

  public int jobs() {
    return used.size();
  }

  public Caller.Factory running() {
    return api.running(used);
  }

  /** Somebody who runs one job. */
  public Caller.Factory running(long job) {
    return api.running(List.of(job));
  }

  public Caller.Factory looking(long[] runs) {
    return api.looking(runs);
  }

  /** The latest runs of each of our jobs in turn. */
  public Caller.Factory listing() {
    return api.listing(used.stream().map(job -> "limit=20&job_id=" + job).toList());
  }

  /** The latest runs of all jobs, those of them that are over, and those of one job, in turn. */
  public Caller.Factory listing(long job) {
    return api.listing(
        List.of("limit=20", "limit=20&completed_only=true", "limit=20&job_id=" + job));
  }

  /** More runs, made of this one, for as long as it is open. */
  public History history(long run) throws SQLException {
    return new History(databaseUrl(), run, StartTimes.partitions(state.kafkaBootstrap()));
  }

  /** Runs that wait, for as long as it is open; none yet. */
  public Queue queue() throws IOException {
    return new Queue(api);
  }

  public String kafkaBootstrap() {
    return state.kafkaBootstrap();
  }

  public String databaseUrl() {
    return state.databaseUrl();
  }

  /** As the launcher sees it now. */
  public StackState state() throws IOException {
    return StateFile.in(data).read().orElse(state);
  }

  public List<Member> members() {
    return state.processes();
  }

  /** Since the youngest process was started. */
  public Duration age() {
    long youngest =
        members().stream()
            .map(member -> member.identity().startedAtMillis())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.ofMillis(Instant.now().toEpochMilli() - youngest);
  }

  /** From the start of the launcher until the last process was ready. */
  public Duration startTime() {
    long ready =
        members().stream()
            .mapToLong(member -> member.identity().startedAtMillis() + member.startMillis())
            .max()
            .orElseThrow();
    return Duration.ofMillis(ready - state.launcher().startedAtMillis());
  }

  /** Removes our jobs. Their runs stay in the database, hidden. */
  @Override
  public void close() throws IOException {
    try (var connection = new Connection(api.server())) {
      for (long job : all) {
        api.delete(connection, job);
      }
    }
  }
}
