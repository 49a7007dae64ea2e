package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.topic.Message;
import java.util.Objects;

/** What may be asked of the registry, on {@code job.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface JobCommand extends Message {

  /**
   * Saves a new job. Its id is minted by the registry and stands in the answer.
   *
   * @param by the user who asks
   */
  record CreateJob(JobDefinition definition, String by) implements JobCommand {
    public CreateJob {
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(by, "by is missing");
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
