package io.mutirao.gateway.core;

import io.mutirao.contracts.pipeline.PipelineOrder;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Fate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Order;
import io.mutirao.contracts.pipeline.PipelineView;
import java.util.List;
import java.util.Optional;

/**
 * Pipelines, whoever keeps them. What a caller may do is looked at before. Every call waits; call
 * from a virtual thread.
 */
public interface Pipelines {

  /** By name. */
  List<PipelineView> all() throws Rejected;

  Optional<PipelineView> find(String id) throws Rejected;

  /**
   * Makes or changes one.
   *
   * @return empty: there is none to change
   * @throws Rejected with {@link Problem.Taken} of its name, {@link Problem.Conflict} when somebody
   *     else has changed it
   */
  Optional<PipelineView> put(String id, PipelineOrder order) throws Rejected;

  /** With its updates. */
  void delete(String id) throws Rejected;

  /** Newest first, those with lower numbers than {@code below}. */
  List<PipelineUpdate> updates(String id, long below, int limit) throws Rejected;

  Optional<PipelineUpdate> update(String id, String update) throws Rejected;

  /**
   * Makes an update.
   *
   * @return empty: there is no such pipeline
   * @throws Rejected with {@link Problem.Conflict} when another one came in between
   */
  Optional<PipelineUpdate> make(String id, String update, Order order) throws Rejected;

  /** Remembers what became known of an update. */
  void learn(PipelineUpdate update, Fate fate) throws Rejected;
}
