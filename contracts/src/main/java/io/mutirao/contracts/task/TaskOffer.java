package io.mutirao.contracts.task;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.topic.Message;
import java.util.Objects;

/** What a pool's workers may claim, on {@code task.offers.<pool>}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface TaskOffer extends Message {

  /**
   * A task waits for a worker. A hint only: it may come late, twice or, rarely, never.
   *
   * @param kind the runner's kind
   * @param spec what that runner needs, with the run's own parameters already in it
   */
  record OfferTask(AttemptId attempt, RunId run, JobId job, String kind, ObjectNode spec)
      implements TaskOffer {
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
