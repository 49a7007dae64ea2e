package io.mutirao.gateway.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of jobs. Every call waits for the owner's answer; call from a virtual thread. */
public interface Runs {

  /**
   * What to run.
   *
   * @param parameters by kind of task: what replaces the parameters of the tasks of that kind
   * @param jobParameters values for the job's parameters, by name
   * @param queue whether the run waits when it cannot start at once; null: as the job says
   * @param only the keys of the tasks to run; empty: all of them
   * @param token two requests with one token give one run
   */
  record Request(
      JobId job,
      Map<String, JsonNode> parameters,
      Map<String, String> jobParameters,
      @Nullable Boolean queue,
      List<String> only,
      @Nullable String token) {}

  /**
   * What to run that is no saved job.
   *
   * @param access who else may do what with the run
   * @param token as of {@link Request}
   */
  record Submission(JobDefinition definition, List<Grant> access, @Nullable String token) {}

  /** The run that was made, or that the token stood for. */
  record Made(RunId run, long numberInJob) {}

  /**
   * Which tasks of a run that is over to run again.
   *
   * @param tasks their keys
   * @param allFailed also every task that did not succeed
   * @param dependents also what waits for any of them
   * @param latestRepair the run's latest repair as the caller knows it; null: it has none
   * @param parameters as of {@link Request}; what is absent stays as it was
   * @param jobParameters as of {@link Request}; what is absent stays as it was
   */
  record Repair(
      RunId run,
      List<String> tasks,
      boolean allFailed,
      boolean dependents,
      @Nullable Long latestRepair,
      Map<String, JsonNode> parameters,
      Map<String, String> jobParameters) {}

  /** Which runs to list. */
  enum Which {
    ACTIVE,
    FINISHED,
    ALL
  }

  /**
   * A piece of the list, newest first.
   *
   * @param job none for the runs of all jobs
   * @param submitted whether of saved jobs or of none; null: both
   * @param from accepted then or later
   * @param to accepted then or earlier
   * @param page as a page before it gave it; null: the first one
   * @param offset how many to leave out first, at most 10,000
   */
  record Query(
      @Nullable JobId job,
      Which which,
      @Nullable Boolean submitted,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String page,
      int offset,
      int limit) {

    /** The first runs of a job. */
    public static Query of(JobId job, Which which, int limit) {
      return new Query(job, which, null, null, null, null, 0, limit);
    }
  }

  Made runNow(Request request, Caller caller) throws Rejected;

  /** Runs something once that is no saved job. */
  RunId submit(Submission submission, Caller caller) throws Rejected;

  /** By its own id, or by that of one of its attempts. */
  Fresh<RunView> get(RunId run, Caller caller) throws Rejected;

  /** Of what the caller may see. */
  Fresh<RunPage> list(Query query, Caller caller) throws Rejected;

  /** Returns when the wish is recorded; the run ends later. Of a run that is over: nothing. */
  void cancel(RunId run, Caller caller) throws Rejected;

  /** As {@link #cancel}, all runs of a job that are active now; later ones may start. */
  void cancelAll(JobId job, Caller caller) throws Rejected;

  /** Takes a run that is over out of the history. */
  void delete(RunId run, Caller caller) throws Rejected;

  /** Runs some tasks again, and names the repair. */
  long repair(Repair repair, Caller caller) throws Rejected;
}
