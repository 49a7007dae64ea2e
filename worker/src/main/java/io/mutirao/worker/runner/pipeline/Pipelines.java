package io.mutirao.worker.runner.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where pipelines are defined. */
public interface Pipelines {

  /** What came of the wish to begin an update. */
  sealed interface Answer {}

  /**
   * It begins.
   *
   * @param spec what is to run, as the Pipelines API words it
   */
  record Begins(String update, ObjectNode spec) implements Answer {}

  record Refused(String reason, Plan.Why why) implements Answer {}

  /**
   * From now on this attempt is an update of the pipeline.
   *
   * @param update which one; null: one that nobody knew of yet
   * @throws IOException when nobody answers
   */
  Answer begin(String pipeline, @Nullable String update, boolean fullRefresh, Attempt attempt)
      throws IOException, InterruptedException;
}
