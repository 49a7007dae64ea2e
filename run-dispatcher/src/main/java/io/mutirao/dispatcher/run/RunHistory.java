package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.job.CreatedLately;
import io.mutirao.contracts.job.DefinedVersions;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.contracts.job.KnownDefinitions;
import io.mutirao.contracts.run.FoundRuns;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.contracts.run.ListedRuns;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs as the database has them, for whoever asks. Every page is found by its place in an index,
 * however long the history is.
 */
@Singleton
public final class RunHistory {

  /**
   * Which runs to show, newest first. What is null does not matter.
   *
   * @param active true: only those that are not over; false: only those that are
   * @param submitted true: only those of no saved job; false: only those of one
   * @param from accepted then or later
   * @param to accepted then or earlier
   * @param page where to begin, as a page before this one said
   * @param offset how many to leave out; each costs
   */
  public record Query(
      @Nullable Long job,
      @Nullable Boolean active,
      @Nullable Boolean submitted,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String page,
      int limit,
      int offset) {}

  /** Characters of settings: some tens of megabytes when they are parsed. */
  private static final int KNOWN = 4 * 1024 * 1024;

  private final KnownDefinitions known = new KnownDefinitions(KNOWN);

  /** Runs by their ids, or by those of their attempts: those that there are. */
  public FoundRuns find(Connection db, Collection<Long> ids) throws SQLException {
    LaneBatches lanes = lanes(db);
    List<FoundRuns.Found> found = new ArrayList<>();
    for (var asked : RunStore.asked(db, known, ids).entrySet()) {
      Run run = asked.getValue();
      found.add(
          new FoundRuns.Found(
              asked.getKey(),
              run.ownTask() && run.repair == 0
                  ? RunViews.run(run, List.of(), List.of())
                  : RunViews.run(run, past(db, run), repairs(db, run))));
    }
    return new FoundRuns(found, lanes);
  }

  /** How many batches each lane has committed. Read before what it is said of. */
  public static LaneBatches lanes(Connection db) throws SQLException {
    Map<Integer, Long> batches = new HashMap<>();
    try (PreparedStatement select = db.prepareStatement("select lane, batch from lane");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        batches.put(row.getInt(1), row.getLong(2));
      }
    }
    return new LaneBatches(batches);
  }

  /** What these versions are, those that there are. */
  public DefinedVersions definitions(Connection db, Collection<JobVersion> versions)
      throws SQLException {
    return new DefinedVersions(
        JobStore.definitions(db, known, versions).entrySet().stream()
            .map(found -> new DefinedVersions.Defined(found.getKey(), found.getValue()))
            .toList());
  }

  private static final String SUBMITTED_LATELY =
      """
      select count(*) from run
       where submitted and created_at > now() - interval '1 hour'
      """;

  /** How many runs of no saved job were accepted within the last hour, and are still there. */
  public static CreatedLately submittedLately(Connection db) throws SQLException {
    try (PreparedStatement count = db.prepareStatement(SUBMITTED_LATELY);
        ResultSet row = count.executeQuery()) {
      row.next();
      return new CreatedLately(row.getLong(1));
    }
  }

  private static final String TOLD =
      """
      select task_key, told
        from task_run
       where run_id = ? and iteration = -1 and told is not null and phase = 'FINISHED'
      """;

  /** What the tasks of a run that are over told the others, by key of the task. */
  public static Map<String, JsonNode> told(Connection db, long run) throws SQLException {
    Map<String, JsonNode> told = new HashMap<>();
    try (PreparedStatement select = db.prepareStatement(TOLD)) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          told.put(row.getString(1), Sql.read(row.getString(2), JsonNode.class));
        }
      }
    }
    return told;
  }

  private static final String OF_JOB = " and r.job_id = ?";

  /**
   * As run_active has it, and no other index: the average job has few runs, and so the planner
   * would take run_of_job, which for some jobs is a history of years.
   */
  private static final String OF_JOB_AMONG_ACTIVE = " and r.job_id + 0 = ?";

  /**
   * Asked once for a query: of a job either all runs are submitted or none is. A condition on each
   * run would lead to the index of all that are submitted, or through the whole history of the job.
   */
  private static final String SUBMITTED_JOB =
      "(select n.submitted from run n where n.job_id = ?"
          + " order by n.created_at desc, n.run_id desc limit 1)";

  /** A page of runs; their earlier attempts and repairs are left out. */
  public ListedRuns list(Connection db, Query query) throws SQLException {
    LaneBatches lanes = lanes(db);
    return new ListedRuns(page(db, query), lanes);
  }

  private RunPage page(Connection db, Query query) throws SQLException {
    Optional<Place> place = Optional.ofNullable(query.page()).map(Place::parse);
    boolean backwards = place.isPresent() && place.get().backwards();
    StringBuilder rest = new StringBuilder(" join job j using (job_id) where not j.forgotten");
    List<Object> parameters = new ArrayList<>();
    if (query.job() != null) {
      rest.append(Boolean.TRUE.equals(query.active()) ? OF_JOB_AMONG_ACTIVE : OF_JOB);
      parameters.add(query.job());
    }
    if (query.active() != null) {
      rest.append(query.active() ? " and r.ended_at is null" : " and r.ended_at is not null");
    }
    if (query.submitted() != null) {
      rest.append(query.submitted() ? " and " : " and not ");
      if (query.job() == null) {
        rest.append("r.submitted");
      } else {
        rest.append(SUBMITTED_JOB);
        parameters.add(query.job());
      }
    }
    if (query.from() != null) {
      rest.append(" and r.created_at >= ?");
      parameters.add(query.from().atOffset(ZoneOffset.UTC));
    }
    if (query.to() != null) {
      rest.append(" and r.created_at <= ?");
      parameters.add(query.to().atOffset(ZoneOffset.UTC));
    }
    place.ifPresent(at -> {
      rest.append(" and (r.created_at, r.run_id) ").append(backwards ? ">" : "<").append(" (?, ?)");
      parameters.add(at.createdAt().atOffset(ZoneOffset.UTC));
      parameters.add(at.run());
    });
    rest.append(
        backwards
            ? " order by r.created_at, r.run_id limit ? offset ?"
            : " order by r.created_at desc, r.run_id desc limit ? offset ?");
    parameters.add(query.limit() + 1);
    parameters.add(query.offset());
    List<Run> runs = new ArrayList<>(RunStore.select(db, known, rest.toString(), parameters));
    boolean more = runs.size() > query.limit();
    if (more) {
      runs.removeLast();
    }
    if (backwards) {
      runs = runs.reversed();
    }
    return page(
        runs, backwards || more, backwards ? more : place.isPresent() || query.offset() > 0);
  }

  private static RunPage page(List<Run> runs, boolean older, boolean newer) {
    return new RunPage(
        runs.stream().map(run -> RunViews.run(run, List.of(), List.of())).toList(),
        older && !runs.isEmpty() ? Place.of(runs.getLast(), false).toString() : null,
        newer && !runs.isEmpty() ? Place.of(runs.getFirst(), true).toString() : null);
  }

  /** A place in the order of runs, and to which side of it a page lies. */
  private record Place(Instant createdAt, long run, boolean backwards) {

    static Place of(Run run, boolean backwards) {
      return new Place(run.fixed.createdAt(), run.id().value(), backwards);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when somebody else wrote it
     */
    static Place parse(String text) {
      String[] parts = text.split("_", -1);
      if (parts.length != 3 || !(parts[0].equals("older") || parts[0].equals("newer"))) {
        throw new IllegalArgumentException("not a page of ours: " + text);
      }
      long micros = Long.parseLong(parts[1]);
      Instant at =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
      return new Place(at, Long.parseLong(parts[2]), parts[0].equals("newer"));
    }

    /** To the microsecond, as the database keeps it. */
    @Override
    public String toString() {
      long micros = createdAt.getEpochSecond() * 1_000_000L + createdAt.getNano() / 1_000;
      return (backwards ? "newer_" : "older_") + micros + "_" + run;
    }
  }

  private static List<RunView.TaskRun> past(Connection db, Run run) throws SQLException {
    List<RunView.TaskRun> past = new ArrayList<>();
    try (PreparedStatement select =
        db.prepareStatement("select view from past_attempt where run_id = ? order by attempt_id")) {
      select.setLong(1, run.id().value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          past.add(Sql.read(row.getString(1), RunView.TaskRun.class));
        }
      }
    }
    return past;
  }

  private static List<RunView.Repair> repairs(Connection db, Run run) throws SQLException {
    List<RunView.Repair> repairs = new ArrayList<>();
    if (run.repair > 0) {
      try (PreparedStatement select = db.prepareStatement(RepairStore.EXECUTIONS)) {
        select.setLong(1, run.id().value());
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            repairs.add(RepairStore.view(row, run));
          }
        }
      }
    }
    return repairs;
  }
}
