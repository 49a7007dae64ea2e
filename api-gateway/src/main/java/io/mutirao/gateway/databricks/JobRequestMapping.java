package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.databricks.access.GrantMapping;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What create, reset, update and list ask for. */
final class JobRequestMapping {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final int MAX_OFFSET = 1_000;

  /** As many as may be saved: lists of 2.0 have no pages. */
  private static final int ALL = 12_000;

  static Jobs.Wanted create(Fields in, Version version) throws Rejected {
    List<Grant> access = GrantMapping.grants(in);
    JobDefinition definition = SettingsMapping.job(settings(in), version);
    return new Jobs.Wanted(definition, access);
  }

  /** A run of no saved job. */
  static Runs.Submission submit(Fields in, Version version) throws Rejected {
    List<Grant> access = GrantMapping.grants(in);
    return new Runs.Submission(
        SettingsMapping.submitted(settings(in), version),
        access == null ? List.of() : access,
        RunRequestMapping.token(in));
  }

  /** Without what concerns the request only. */
  private static Fields settings(Fields in) {
    ObjectNode settings = in.node().objectNode();
    settings.setAll(in.node());
    settings.remove(List.of(GrantMapping.FIELD, "idempotency_token"));
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
            with(definition, definition.queue(), runAs(definition, now)),
            GrantMapping.grants(wanted));
  }

  static Jobs.Change update(Fields in, Version version) throws Rejected {
    in.object("new_settings");
    boolean asTheOwner = in.texts("fields_to_remove").contains("run_as");
    return now -> {
      ObjectNode merged = SettingsMerge.merged(now.definition().settings(), in);
      JobDefinition definition = SettingsMapping.job(Fields.of(merged), version);
      // What was the default when it was created is not changed by a client of another version.
      boolean said = merged.hasNonNull("queue") || now.definition().settings().hasNonNull("queue");
      Boolean queue = said ? definition.queue() : now.definition().queue();
      String runAs = asTheOwner ? definition.runAs() : runAs(definition, now);
      return new Jobs.Wanted(with(definition, queue, runAs), null);
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
