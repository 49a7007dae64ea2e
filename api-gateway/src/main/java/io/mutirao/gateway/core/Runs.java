package io.mutirao.gateway.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of jobs. Every call waits for the owner's answer; call from a virtual thread. */
public interface Runs {

  /**
   * What to run.
   *
   * @param parameters by kind of task: what replaces the parameters of the tasks of that kind
   * @param token two requests with one token give one run
   */
  record Request(JobId job, Map<String, JsonNode> parameters, @Nullable String token) {}

  /** The run that was made, or that the token stood for. */
  record Made(RunId run, long numberInJob) {}

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
   */
  record Query(@Nullable JobId job, Which which, int offset, int limit) {}

  Made runNow(Request request, Caller caller) throws Rejected;

  RunView get(RunId run) throws Rejected;

  RunPage list(Query query) throws Rejected;

  /** Returns when the wish is recorded; the run ends later. Of a run that is over: nothing. */
  void cancel(RunId run, Caller caller) throws Rejected;
}
