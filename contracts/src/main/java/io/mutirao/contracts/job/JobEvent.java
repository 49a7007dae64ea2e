package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.topic.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a job, on {@code job.events}, at least once. A reader keeps the highest version
 * of a job and drops lower ones: a late repeat must not win.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface JobEvent extends Message {

  JobId job();

  long version();

  @Override
  default int lane(Lanes lanes, String messageId) {
    return lanes.of(job());
  }

  @Override
  default String key(String messageId) {
    return job().toString();
  }

  /** A job was saved; {@code version} is 1. */
  record JobCreated(JobId job, long version, JobDefinition definition, String by, Instant at)
      implements JobEvent {
    public JobCreated {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(by, "by is missing");
      Objects.requireNonNull(at, "at is missing");
    }
  }

  /** A job got another definition. */
  record JobChanged(JobId job, long version, JobDefinition definition, String by, Instant at)
      implements JobEvent {

    public JobChanged {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(by, "by is missing");
      Objects.requireNonNull(at, "at is missing");
    }
  }

  /**
   * A job was removed; no higher version follows.
   *
   * @param name what it was called
   * @param mail the addresses that hear of it: all those that its runs were told to
   */
  record JobDeleted(
      JobId job,
      long version,
      String by,
      Instant at,
      @Nullable String name,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mail)
      implements JobEvent {
    public JobDeleted {
      mail = mail == null ? List.of() : List.copyOf(mail);
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(by, "by is missing");
      Objects.requireNonNull(at, "at is missing");
    }
  }
}
