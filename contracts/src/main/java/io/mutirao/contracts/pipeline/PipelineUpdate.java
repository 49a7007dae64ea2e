package io.mutirao.contracts.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.Result;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An update: once through all that a pipeline names.
 *
 * @param number within its pipeline, from 1
 * @param run which carries it out, by its own id or by that of an attempt; null: not known yet
 * @param lost whether it has been without a run for so long that there will be none
 * @param cause in words of the dialect
 * @param config the pipeline's spec as it was then
 * @param result how it ended; null: nobody has looked since, so its run knows
 */
public record PipelineUpdate(
    String id,
    String pipeline,
    long number,
    @Nullable RunId run,
    boolean lost,
    String cause,
    boolean fullRefresh,
    ObjectNode config,
    Instant createdAt,
    @Nullable Result result) {

  public PipelineUpdate {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(pipeline, "pipeline is missing");
    Objects.requireNonNull(cause, "cause is missing");
    Objects.requireNonNull(config, "config is missing");
    Objects.requireNonNull(createdAt, "createdAt is missing");
  }

  /**
   * To make: what {@code PUT /pipelines/{id}/updates/{update}} takes.
   *
   * @param after the number of the latest update, which is over; 0: there is none. When another one
   *     has come meanwhile, this one is refused
   */
  public record Order(long after, String cause, boolean fullRefresh) {

    public Order {
      Objects.requireNonNull(cause, "cause is missing");
    }
  }

  /**
   * What became known of it: what {@code PUT …/{update}/fate} takes.
   *
   * @param run null: nothing new
   * @param result null: nothing new
   */
  public record Fate(@Nullable RunId run, @Nullable Result result) {}

  /**
   * A worker begins it, or one that nobody knew of yet: what {@code PUT …/{update}/begun} takes.
   *
   * @param job whose task it is
   * @param as the user as whom the task acts; null: the owner of that job
   */
  public record Begun(long job, @Nullable String as, RunId attempt, boolean fullRefresh) {

    public Begun {
      Objects.requireNonNull(attempt, "attempt is missing");
    }
  }
}
