package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.topic.Message;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may be asked of the dispatcher, on {@code run.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface RunCommand extends Message {

  /** The id that gives the lane; of a job and of its runs it is the same lane. */
  LaneKey laneKey();

  @Override
  default int lane(Lanes lanes, String messageId) {
    return lanes.of(laneKey());
  }

  @Override
  default String key(String messageId) {
    return laneKey().toString();
  }

  /** Only of the registry: a new version of a job. A lower or equal version is ignored. */
  record DefineJob(JobId job, long version, JobDefinition definition, String createdBy)
      implements RunCommand {
    public DefineJob {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(createdBy, "createdBy is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /** Only of the registry: the job is gone; its active runs end and its history is hidden. */
  record ForgetJob(JobId job, long version) implements RunCommand {
    public ForgetJob {
      Objects.requireNonNull(job, "job is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /**
   * Runs a saved job now.
   *
   * @param parameters by kind of task: what replaces {@code spec.parameters} of the tasks of that
   *     kind, in this run only
   * @param token at most 64 characters; two requests with one token give one run, whenever they
   *     come and whichever job they name
   * @param by the user who asks
   */
  record RunJob(JobId job, Map<String, JsonNode> parameters, @Nullable String token, String by)
      implements RunCommand {
    public RunJob {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(by, "by is missing");
      parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
      if (token != null && (token.isEmpty() || token.length() > 64)) {
        throw new IllegalArgumentException("token: 1 to 64 characters, not " + token.length());
      }
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /** Ends a run, with its whole process tree. Of a run that is over: accepted, nothing happens. */
  record CancelRun(RunId run, String by) implements RunCommand {
    public CancelRun {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(by, "by is missing");
    }

    @Override
    public LaneKey laneKey() {
      return run;
    }
  }
}
