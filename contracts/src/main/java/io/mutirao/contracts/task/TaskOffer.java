package io.mutirao.contracts.task;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.topic.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a pool's workers may claim, on {@code task.offers.<pool>}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface TaskOffer extends Message {

  /**
   * A task waits for a worker. A hint only: it may come late, twice or, rarely, never.
   *
   * @param kind the runner's kind
   * @param spec what that runner needs, with the run's own parameters already in it
   * @param task the key of the task; null: it has no name of its own
   * @param setup what is to be ready around it, as of {@link io.mutirao.contracts.job.Task}; null:
   *     nothing
   * @param runAs the user as whom it acts, which decides what secrets it may read; null: the owner
   *     of the job
   */
  record OfferTask(
      AttemptId attempt,
      RunId run,
      JobId job,
      String kind,
      ObjectNode spec,
      @Nullable String task,
      @Nullable ObjectNode setup,
      @Nullable String runAs)
      implements TaskOffer {

    /** Of a task without a name, around which nothing is to be ready. */
    public static OfferTask of(
        AttemptId attempt, RunId run, JobId job, String kind, ObjectNode spec) {
      return new OfferTask(attempt, run, job, kind, spec, null, null, null);
    }

    public OfferTask {
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(kind, "kind is missing");
      Objects.requireNonNull(spec, "spec is missing");
    }

    /**
     * Offers have one partition, which all workers of the pool share: nobody waits behind another.
     */
    @Override
    public int lane(Lanes lanes, String messageId) {
      return 0;
    }

    @Override
    public String key(String messageId) {
      return attempt.toString();
    }
  }
}
