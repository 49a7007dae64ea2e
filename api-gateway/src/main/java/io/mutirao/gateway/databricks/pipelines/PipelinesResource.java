package io.mutirao.gateway.databricks.pipelines;

import static io.mutirao.gateway.http.Dialect.Endpoint.delete;
import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;
import static io.mutirao.gateway.http.Dialect.Endpoint.put;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.gateway.access.PipelineRuns;
import io.mutirao.gateway.access.PipelineRuns.Standing;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Pipelines;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/2.0/pipelines}: what runs one after the other, and the updates that ran it. */
@Singleton
final class PipelinesResource implements Dialect {

  private static final String ROOT = "/api/2.0/pipelines";
  private static final int DEFAULT_UPDATES = 25;
  private static final int MAX_UPDATES = 100;

  private final Pipelines pipelines;
  private final PipelineRuns runs;
  private final Accounts accounts;

  PipelinesResource(Pipelines pipelines, PipelineRuns runs, Accounts accounts) {
    this.pipelines = pipelines;
    this.runs = runs;
    this.accounts = accounts;
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = ROOT + "/:pipeline_id";
    return List.of(
        post(ROOT, this::create),
        get(ROOT, this::list),
        get(one, this::show),
        put(one, this::edit),
        delete(one, this::remove),
        post(one + "/updates", this::start),
        get(one + "/updates", this::updates),
        get(one + "/updates/:update_id", this::update),
        post(one + "/stop", this::stop).taking(Takes.BYTES)); // The SDKs send no body.
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer create(Call call) throws Rejected {
    String id = UUID.randomUUID().toString();
    ObjectNode spec = PipelineMapping.spec(call.in(), id);
    var order = PipelineMapping.make(call.in(), spec, owner(call, call.caller().user()));
    if (call.in().flag("dry_run")) {
      return Answer.ok(new PipelineWire.Made(null, spec.without("id")));
    }
    try {
      var _ = pipelines.put(id, order);
    } catch (Rejected e) {
      return nameTaken(e, order.name());
    }
    return Answer.ok(new PipelineWire.Made(id, null));
  }

  /** Only administrators let pipelines act as somebody else. */
  private String owner(Call call, String otherwise) throws Rejected {
    var as = call.in().object("run_as");
    String name = as == null ? null : as.optionalText("user_name");
    if (as != null && name == null) {
      throw Rejected.field("run_as.user_name", "required field is missing, expected a string");
    }
    if (name != null && !call.caller().who().administrator() && !name.equalsIgnoreCase(otherwise)) {
      throw new Rejected(
          new Problem.Denied(
              "User %s cannot make a pipeline run as %s; only administrators choose somebody else."
                  .formatted(call.caller().user(), name)));
    }
    if (name != null && !name.equalsIgnoreCase(otherwise) && accounts.userNamed(name).isEmpty()) {
      throw Rejected.field("run_as.user_name", "there is no user " + name);
    }
    return name == null ? otherwise : name;
  }

  private Answer edit(Call call) throws Rejected {
    PipelineView pipeline = pipeline(call);
    String named = call.in().optionalText("pipeline_id");
    if (named != null && !named.equals(pipeline.id())) {
      throw call.in().wrong("pipeline_id", "that of the path, " + pipeline.id());
    }
    ObjectNode spec = PipelineMapping.spec(call.in(), pipeline.id());
    var order = PipelineMapping.change(call.in(), spec, pipeline.owner());
    try {
      return pipelines.put(pipeline.id(), order).isEmpty()
          ? render(missing(pipeline.id()).problem())
          : Answer.ok(Map.of());
    } catch (Rejected e) {
      return nameTaken(e, order.name());
    }
  }

  private static Answer nameTaken(Rejected e, String name) throws Rejected {
    if (!(e.problem() instanceof Problem.Taken)) {
      throw e;
    }
    return DatabricksErrors.error(
        409,
        "RESOURCE_CONFLICT",
        "The pipeline name '%s' is already used by another pipeline. This check can be skipped by setting `allow_duplicate_names = true` in the request."
            .formatted(name));
  }

  private Answer show(Call call) throws Rejected {
    PipelineView pipeline = pipeline(call);
    return Answer.ok(PipelineStates.whole(pipeline, latest(pipeline, call.caller())));
  }

  private Answer list(Call call) throws Rejected {
    PipelineList wanted = PipelineList.of(call.in());
    Caller caller = call.caller();
    PipelineList.Page page =
        wanted.page(
            pipelines.all().stream()
                .filter(pipeline -> PipelineRuns.allows(caller.who(), pipeline))
                .toList());
    List<PipelineWire.Status> statuses = new ArrayList<>();
    for (PipelineView pipeline : page.pipelines()) {
      statuses.add(PipelineStates.brief(pipeline, latest(pipeline, caller)));
    }
    return Answer.ok(new PipelineWire.Statuses(statuses, page.next()));
  }

  private List<Standing> latest(PipelineView pipeline, Caller caller) throws Rejected {
    List<Standing> latest = new ArrayList<>();
    for (PipelineUpdate update : pipeline.latest()) {
      latest.add(runs.standing(pipeline, update, caller));
    }
    return latest;
  }

  /** With its updates; the one that runs is stopped. */
  private Answer remove(Call call) throws Rejected {
    PipelineView pipeline = pipeline(call);
    stopLatest(pipeline, call.caller());
    pipelines.delete(pipeline.id());
    return Answer.ok(Map.of());
  }

  private Answer start(Call call) throws Rejected {
    PipelineView pipeline = pipeline(call);
    PipelineUpdate before = active(pipeline, call.caller());
    if (before != null) {
      return DatabricksErrors.error(
          409,
          "RESOURCE_CONFLICT",
          "An active update %s already exists for pipeline '%s'."
              .formatted(before.id(), pipeline.id()));
    }
    long after = pipeline.latest().isEmpty() ? 0 : pipeline.latest().getFirst().number();
    var order = PipelineMapping.update(call.in(), after);
    PipelineUpdate update =
        pipelines
            .make(pipeline.id(), UUID.randomUUID().toString(), order)
            .orElseThrow(() -> missing(pipeline.id()));
    runs.start(pipeline, update, PipelineMapping.run(pipeline, update), call.caller());
    return Answer.ok(new PipelineWire.Started(update.id()));
  }

  /** The latest update, if it is not over. */
  private @Nullable PipelineUpdate active(PipelineView pipeline, Caller caller) throws Rejected {
    Optional<PipelineUpdate> latest = pipeline.latest().stream().findFirst();
    return latest.isPresent() && !runs.standing(pipeline, latest.get(), caller).over()
        ? latest.get()
        : null;
  }

  private Answer stop(Call call) throws Rejected {
    stopLatest(pipeline(call), call.caller());
    return Answer.ok(Map.of());
  }

  private void stopLatest(PipelineView pipeline, Caller caller) throws Rejected {
    PipelineUpdate active = active(pipeline, caller);
    if (active != null) {
      runs.stop(pipeline, active, caller);
    }
  }

  private Answer update(Call call) throws Rejected {
    PipelineView pipeline = pipeline(call);
    String id = call.part("update_id");
    PipelineUpdate update =
        pipelines
            .update(pipeline.id(), id)
            .orElseThrow(() ->
                new Rejected(
                    new Problem.Missing(
                        "The specified update %s of pipeline %s was not found."
                            .formatted(id, pipeline.id()))));
    return Answer.ok(new PipelineWire.Found(whole(pipeline, update, call.caller())));
  }

  private PipelineWire.Update whole(PipelineView pipeline, PipelineUpdate update, Caller caller)
      throws Rejected {
    return PipelineStates.whole(update, runs.standing(pipeline, update, caller));
  }

  /** A page's token is the number of its last update. */
  private Answer updates(Call call) throws Rejected {
    PipelineView pipeline = pipeline(call);
    int limit = call.in().whole("max_results", 1, MAX_UPDATES, DEFAULT_UPDATES);
    String token = call.in().optionalText("page_token");
    if (token != null && !token.matches("[0-9]{1,18}")) {
      throw new Rejected(new Problem.NoSuchPage());
    }
    long below = token == null ? Long.MAX_VALUE : Long.parseLong(token);
    String until = call.in().optionalText("until_update_id");
    List<PipelineUpdate> found = pipelines.updates(pipeline.id(), below, limit + 1);
    List<PipelineWire.Update> page = new ArrayList<>();
    for (PipelineUpdate update : found.subList(0, Math.min(limit, found.size()))) {
      page.add(whole(pipeline, update, call.caller()));
      if (update.id().equals(until)) {
        return Answer.ok(new PipelineWire.Updates(page, null));
      }
    }
    return Answer.ok(
        new PipelineWire.Updates(
            page, found.size() > limit ? Long.toString(found.get(limit - 1).number()) : null));
  }

  private PipelineView pipeline(Call call) throws Rejected {
    String id = call.part("pipeline_id");
    PipelineView pipeline = pipelines.find(id).orElseThrow(() -> missing(id));
    PipelineRuns.require(call.caller().who(), pipeline);
    return pipeline;
  }

  private static Rejected missing(String id) {
    return new Rejected(new Problem.Missing("The specified pipeline " + id + " was not found."));
  }
}
