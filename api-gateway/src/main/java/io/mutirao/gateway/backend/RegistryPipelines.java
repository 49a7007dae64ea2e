package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.pipeline.PipelineOrder;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Fate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Order;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.gateway.core.Pipelines;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/** Pipelines, as the registry keeps them. */
@Singleton
final class RegistryPipelines implements Pipelines {

  private static final String ROOT = "/pipelines";

  /** What the registry answers when somebody else was first. */
  private static final String CHANGED = "changed";

  private record All(List<PipelineView> pipelines) {}

  private record Updates(List<PipelineUpdate> updates) {}

  private final Owners owners;

  RegistryPipelines(Owners owners) {
    this.owners = owners;
  }

  @Override
  public List<PipelineView> all() throws Rejected {
    return owners.registry().get(ROOT, All.class).map(All::pipelines).orElse(List.of());
  }

  @Override
  public Optional<PipelineView> find(String id) throws Rejected {
    return owners.registry().get(path(id), PipelineView.class);
  }

  @Override
  public Optional<PipelineView> put(String id, PipelineOrder order) throws Rejected {
    try {
      return owners.registry().put(path(id), order, PipelineView.class);
    } catch (Rejected e) {
      throw e.problem() instanceof Problem.Taken(var why) && why.equals(CHANGED)
          ? new Rejected(new Problem.Conflict("The pipeline was changed meanwhile; read it again."))
          : e;
    }
  }

  @Override
  public void delete(String id) throws Rejected {
    owners.registry().delete(path(id));
  }

  @Override
  public List<PipelineUpdate> updates(String id, long below, int limit) throws Rejected {
    return owners
        .registry()
        .get("%s/updates?below=%d&limit=%d".formatted(path(id), below, limit), Updates.class)
        .map(Updates::updates)
        .orElse(List.of());
  }

  @Override
  public Optional<PipelineUpdate> update(String id, String update) throws Rejected {
    return owners.registry().get(path(id, update), PipelineUpdate.class);
  }

  @Override
  public Optional<PipelineUpdate> make(String id, String update, Order order) throws Rejected {
    try {
      return owners.registry().put(path(id, update), order, PipelineUpdate.class);
    } catch (Rejected e) {
      throw e.problem() instanceof Problem.Taken
          ? new Rejected(new Problem.Conflict("Another update was started meanwhile."))
          : e;
    }
  }

  @Override
  public void learn(PipelineUpdate update, Fate fate) throws Rejected {
    var _ =
        owners
            .registry()
            .put(path(update.pipeline(), update.id()) + "/fate", fate, PipelineUpdate.class);
  }

  private static String path(String id) {
    return ROOT + "/" + URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  private static String path(String id, String update) {
    return path(id) + "/updates/" + URLEncoder.encode(update, UTF_8).replace("+", "%20");
  }
}
