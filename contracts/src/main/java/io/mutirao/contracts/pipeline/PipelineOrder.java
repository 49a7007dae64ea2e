package io.mutirao.contracts.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline to make or to change: what {@code PUT /pipelines/{id}} takes.
 *
 * @param owner of one that is made; one that is there keeps its own
 * @param onlyOfItsName whether it is refused when another one has that name
 * @param create whether it may be made; else there must be one
 * @param lastModified when it must have been changed last, in ms since 1970; null: whenever
 */
public record PipelineOrder(
    String name,
    ObjectNode spec,
    String owner,
    boolean onlyOfItsName,
    boolean create,
    @Nullable Long lastModified) {

  public PipelineOrder {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(spec, "spec is missing");
    Objects.requireNonNull(owner, "owner is missing");
  }
}
