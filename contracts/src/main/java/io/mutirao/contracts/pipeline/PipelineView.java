package io.mutirao.contracts.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A pipeline, as the registry keeps it.
 *
 * @param spec as its dialect got it
 * @param owner who made it; its updates act as that user
 * @param modifiedAt to the millisecond, as clients see it
 * @param latest its latest updates, newest first
 */
public record PipelineView(
    String id,
    String name,
    ObjectNode spec,
    String owner,
    Instant modifiedAt,
    List<PipelineUpdate> latest) {

  public PipelineView {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(spec, "spec is missing");
    Objects.requireNonNull(owner, "owner is missing");
    Objects.requireNonNull(modifiedAt, "modifiedAt is missing");
    latest = List.copyOf(latest);
  }
}
