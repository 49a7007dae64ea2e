package io.mutirao.gateway.databricks.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.pipeline.PipelineOrder;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of requests of the Pipelines API. Pure. */
final class PipelineMapping {

  private static final int MAX_LIBRARIES = 100;

  /** What a library may be here: something that runs. */
  private static final List<String> KINDS = List.of("notebook", "file", "glob");

  /** Of the request, not of the pipeline. */
  private static final List<String> NOT_KEPT =
      List.of(
          "pipeline_id",
          "id",
          "allow_duplicate_names",
          "dry_run",
          "expected_last_modified",
          "run_as");

  /** What would be a pipeline of another kind. */
  private static final List<String> NOT_SERVED =
      List.of("ingestion_definition", "gateway_definition", "restart_window");

  private static final Set<String> CAUSES =
      Set.of(
          "API_CALL",
          "RETRY_ON_FAILURE",
          "SERVICE_UPGRADE",
          "SCHEMA_CHANGE",
          "JOB_TASK",
          "USER_ACTION",
          "INFRASTRUCTURE_MAINTENANCE");

  private static final String KEY = "update";

  /** The spec with its own id in it, as it is shown. */
  static ObjectNode spec(Fields in, String id) throws Rejected {
    in.text("name");
    for (String name : NOT_SERVED) {
      if (in.has(name)) {
        throw Rejected.field(name, "not served here; expected libraries with notebooks and files");
      }
    }
    if (in.flag("continuous")) {
      throw Rejected.field("continuous", "expected false; a pipeline runs when an update starts");
    }
    libraries(in);
    texts(in.object("configuration"));
    for (String name : List.of("storage", "target", "catalog", "schema", "channel", "edition")) {
      in.optionalText(name);
    }
    for (String name : List.of("development", "photon", "serverless")) {
      in.flag(name);
    }
    in.objects("clusters");
    in.objects("notifications");
    ObjectNode spec = in.node().deepCopy();
    NOT_KEPT.forEach(spec::remove);
    spec.properties().removeIf(field -> field.getValue().isNull());
    return spec.put("id", id);
  }

  private static void libraries(Fields in) throws Rejected {
    List<Fields> libraries = in.objects("libraries");
    if (libraries.isEmpty() || libraries.size() > MAX_LIBRARIES) {
      throw Rejected.field(
          "libraries", "expected from 1 to " + MAX_LIBRARIES + " of them, not " + libraries.size());
    }
    for (Fields library : libraries) {
      List<String> given = KINDS.stream().filter(library::has).toList();
      if (given.size() != 1 || library.node().size() != 1) {
        throw Rejected.invalid(
            library.at("")
                + ": expected exactly one of notebook, file, glob, not "
                + String.join(", ", names(library.node())));
      }
      Fields it = library.object(given.getFirst());
      if (it != null) {
        path(it, given.getFirst());
      }
    }
  }

  private static void path(Fields it, String kind) throws Rejected {
    if (kind.equals("glob")) {
      if (!it.text("include").startsWith("/") || !it.text("include").endsWith("/**")) {
        throw it.wrong("include", "an absolute path of a folder with /** at its end");
      }
    } else if (!it.text("path").startsWith("/")) {
      throw it.wrong("path", "an absolute path of the workspace, which starts with /");
    }
  }

  private static List<String> names(ObjectNode node) {
    return node.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static void texts(@Nullable Fields in) throws Rejected {
    if (in != null) {
      for (String name : names(in.node())) {
        in.optionalText(name);
      }
    }
  }

  static PipelineOrder make(Fields in, ObjectNode spec, String owner) throws Rejected {
    return new PipelineOrder(
        in.text("name"), spec, owner, !in.flag("allow_duplicate_names"), true, null);
  }

  static PipelineOrder change(Fields in, ObjectNode spec, String owner) throws Rejected {
    return new PipelineOrder(
        in.text("name"),
        spec,
        owner,
        !in.flag("allow_duplicate_names"),
        false,
        in.optionalId("expected_last_modified"));
  }

  /** Refuses what would do another thing than what it says. */
  static PipelineUpdate.Order update(Fields in, long after) throws Rejected {
    String cause = in.word("cause", CAUSES.stream().sorted().toList());
    for (String name :
        List.of("refresh_selection", "full_refresh_selection", "reset_checkpoint_selection")) {
      if (!in.texts(name).isEmpty()) {
        throw Rejected.field(name, "expected none; an update runs the whole pipeline here");
      }
    }
    for (String name : List.of("rewind_spec", "replace_where_overrides", "parameters")) {
      if (in.has(name)) {
        throw Rejected.field(name, "not served here; an update runs the pipeline as it is defined");
      }
    }
    if (in.flag("validate_only")) {
      throw Rejected.field("validate_only", "expected false; an update runs the pipeline here");
    }
    return new PipelineUpdate.Order(
        after, cause == null ? "API_CALL" : cause, in.flag("full_refresh"));
  }

  /** What carries an update out: a run of no saved job, which acts as the pipeline's owner. */
  static JobDefinition run(PipelineView pipeline, PipelineUpdate update) {
    ObjectNode spec =
        pipeline
            .spec()
            .objectNode()
            .put("pipeline_id", pipeline.id())
            .put("full_refresh", update.fullRefresh());
    ObjectNode settings = pipeline.spec().objectNode().put("name", pipeline.name());
    settings.putArray("tasks").addObject().put("task_key", KEY).set("pipeline_task", spec);
    ObjectNode told = spec.deepCopy().put("update_id", update.id());
    JobDefinition plain =
        JobDefinition.of(
            pipeline.name(), List.of(Task.of(KEY, "pipeline", told)), "databricks", settings);
    return new JobDefinition(
        plain.name(),
        plain.tasks(),
        1,
        0,
        plain.pool(),
        plain.dialect(),
        settings,
        true,
        null,
        null,
        Map.of(),
        null,
        null,
        pipeline.owner());
  }

  /** The paths of the notebooks that a pipeline names, for searching. */
  static boolean names(PipelineView pipeline, String notebook) {
    for (JsonNode library : pipeline.spec().path("libraries")) {
      if (library.at("/notebook/path").asText().equals(notebook)) {
        return true;
      }
    }
    return false;
  }

  private PipelineMapping() {}
}
