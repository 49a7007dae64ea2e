package io.mutirao.gateway.databricks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What create, reset, update and list ask for. */
final class JobRequestMapping {

  private static final String ACCESS = "access_control_list";
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final int MAX_OFFSET = 1_000;

  /** As many as may be saved: lists of 2.0 have no pages. */
  private static final int ALL = 12_000;

  private static final Map<String, Grant.Level> LEVELS =
      Map.of(
          "CAN_VIEW", Grant.Level.VIEW,
          "CAN_MANAGE_RUN", Grant.Level.RUN,
          "CAN_MANAGE", Grant.Level.MANAGE,
          "IS_OWNER", Grant.Level.OWNER);

  private static final Map<String, Grant.Kind> PRINCIPALS =
      Map.of(
          "user_name", Grant.Kind.USER,
          "group_name", Grant.Kind.GROUP,
          "service_principal_name", Grant.Kind.SERVICE_PRINCIPAL);

  static Jobs.Wanted create(Fields in, Version version) throws Rejected {
    List<Grant> access = access(in);
    JobDefinition definition = SettingsMapping.job(settings(in), version);
    return new Jobs.Wanted(definition, access);
  }

  /** A run of no saved job; who may see it is checked and has no effect. */
  static JobDefinition submit(Fields in, Version version) throws Rejected {
    access(in);
    return SettingsMapping.submitted(settings(in), version);
  }

  /** Without what concerns the request only. */
  private static Fields settings(Fields in) {
    ObjectNode settings = in.node().objectNode();
    settings.setAll(in.node());
    settings.remove(List.of(ACCESS, "idempotency_token"));
    return Fields.of(settings);
  }

  /** New settings in place of the old ones; as whom the runs act stays when nothing is said. */
  static Jobs.Change reset(Fields in, Version version) throws Rejected {
    Fields wanted = in.object("new_settings");
    if (wanted == null) {
      throw Rejected.field("new_settings", "required field is missing, expected an object");
    }
    JobDefinition definition = SettingsMapping.job(wanted, version);
    return now ->
        new Jobs.Wanted(
            with(definition, definition.queue(), runAs(definition, now)), access(wanted));
  }

  static Jobs.Change update(Fields in, Version version) throws Rejected {
    in.object("new_settings");
    in.texts("fields_to_remove");
    return now -> {
      ObjectNode merged = SettingsMerge.merged(now.definition().settings(), in);
      JobDefinition definition = SettingsMapping.job(Fields.of(merged), version);
      // What was the default when it was created is not changed by a client of another version.
      boolean said = merged.hasNonNull("queue") || now.definition().settings().hasNonNull("queue");
      Boolean queue = said ? definition.queue() : now.definition().queue();
      return new Jobs.Wanted(with(definition, queue, runAs(definition, now)), null);
    };
  }

  private static @Nullable String runAs(JobDefinition wanted, JobView now) {
    return wanted.runAs() == null ? now.definition().runAs() : wanted.runAs();
  }

  private static JobDefinition with(
      JobDefinition job, @Nullable Boolean queue, @Nullable String runAs) {
    return new JobDefinition(
        job.name(),
        job.tasks(),
        job.maxConcurrentRuns(),
        job.timeoutSeconds(),
        job.pool(),
        job.dialect(),
        job.settings(),
        queue,
        job.retry(),
        job.warnAfterSeconds(),
        job.parameters(),
        job.trigger(),
        job.notifications(),
        runAs);
  }

  /** Null when nothing is said. */
  private static @Nullable List<Grant> access(Fields in) throws Rejected {
    if (!in.has(ACCESS)) {
      return null;
    }
    List<Grant> grants = new ArrayList<>();
    for (Fields entry : in.objects(ACCESS)) {
      List<String> whom = PRINCIPALS.keySet().stream().filter(entry::has).sorted().toList();
      if (whom.size() != 1) {
        throw Rejected.field(
            entry.at("user_name"),
            "exactly one of user_name, group_name, service_principal_name is expected");
      }
      String kind = whom.getFirst();
      String name = entry.text(kind);
      entry.text("permission_level");
      String level =
          entry.word(
              "permission_level", List.of("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE", "IS_OWNER"));
      grants.add(
          new Grant(
              requireNonNull(PRINCIPALS.get(kind)),
              name,
              requireNonNull(LEVELS.get(requireNonNull(level)))));
    }
    return grants;
  }

  static Jobs.Query query(Fields in, Version version) throws Rejected {
    if (!version.hasTasks()) {
      return new Jobs.Query(null, null, 0, ALL);
    }
    int limit = in.whole("limit", 0, Integer.MAX_VALUE, DEFAULT_LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Rejected.invalid(
          "Invalid limit " + limit + " - it has to be from 1 to " + MAX_LIMIT + ".");
    }
    return new Jobs.Query(
        in.optionalText("name"),
        in.optionalText("page_token"),
        RunRequestMapping.offset(in, version, MAX_OFFSET),
        limit);
  }

  private JobRequestMapping() {}
}
