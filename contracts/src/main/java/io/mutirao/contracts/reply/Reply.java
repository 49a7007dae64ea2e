package io.mutirao.contracts.reply;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.topic.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to one command, on {@code replies} or the topic that the command named. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface Reply extends Message {

  /** The id of the command that this answers. */
  String command();

  @Override
  default int lane(Lanes lanes, String messageId) {
    return lanes.of(command());
  }

  @Override
  default String key(String messageId) {
    return command();
  }

  /**
   * The command was carried out, or will be whatever dies now.
   *
   * @param job the job that was made or changed
   * @param version its definition's version
   * @param run the run that was made or found
   * @param numberInJob that run's number among the runs of its job, from 1
   * @param repair the repair that was made
   */
  record Accepted(
      String command,
      @Nullable JobId job,
      @Nullable Long version,
      @Nullable RunId run,
      @Nullable Long numberInJob,
      @Nullable Long repair)
      implements Reply {
    public Accepted {
      Objects.requireNonNull(command, "command is missing");
    }

    /** Nothing is to be told but that it was accepted. */
    public static Accepted of(String command) {
      return new Accepted(command, null, null, null, null, null);
    }

    public static Accepted ofJob(String command, JobId job, long version) {
      return new Accepted(command, job, version, null, null, null);
    }

    /** Of a job that never was. */
    public static Accepted ofNoJob(String command, JobId job) {
      return new Accepted(command, job, null, null, null, null);
    }

    public static Accepted ofRun(String command, RunId run, long numberInJob) {
      return new Accepted(command, null, null, run, numberInJob, null);
    }
  }

  /** The command was refused; nothing changed, and the same command id is refused for ever. */
  record Refused(String command, Refusal reason, String message) implements Reply {
    public Refused {
      Objects.requireNonNull(command, "command is missing");
      Objects.requireNonNull(reason, "reason is missing");
      Objects.requireNonNull(message, "message is missing");
    }
  }
}
