package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.topic.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may be asked of the registry, on {@code job.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface JobCommand extends Message {

  /**
   * Saves a new job. Its id is minted by the registry and stands in the answer.
   *
   * @param by the user who asks, and who owns the job
   * @param access who else may do what with it
   */
  record CreateJob(
      JobDefinition definition,
      String by,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Grant> access)
      implements JobCommand {
    public CreateJob {
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(by, "by is missing");
      access = access == null ? List.of() : List.copyOf(access);
    }

    @Override
    public int lane(Lanes lanes, String messageId) {
      return lanes.of(messageId);
    }

    @Override
    public String key(String messageId) {
      return messageId;
    }
  }

  /**
   * Gives a job another definition. Runs that were started go on with the one that they have, but
   * for the time-out, which changes for active runs, too (Jobs API 2.0, Reset).
   *
   * @param ifVersion carried out only if this is the job's version; null: whatever it is
   * @param access who may do what with the job besides its owner; null: as before
   * @param by the user who asks
   */
  record ReplaceJob(
      JobId job,
      JobDefinition definition,
      @Nullable Long ifVersion,
      @Nullable List<Grant> access,
      String by)
      implements JobCommand {

    public ReplaceJob {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(by, "by is missing");
      access = access == null ? null : List.copyOf(access);
    }

    @Override
    public int lane(Lanes lanes, String messageId) {
      return lanes.of(job);
    }

    @Override
    public String key(String messageId) {
      return job.toString();
    }
  }

  /**
   * Removes a job, ends its active runs, hides its history. Of a job that is already gone:
   * accepted, and nothing happens. Of a job that never was: accepted likewise.
   */
  record DeleteJob(JobId job, String by) implements JobCommand {
    public DeleteJob {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(by, "by is missing");
    }

    @Override
    public int lane(Lanes lanes, String messageId) {
      return lanes.of(job);
    }

    @Override
    public String key(String messageId) {
      return job.toString();
    }
  }
}
