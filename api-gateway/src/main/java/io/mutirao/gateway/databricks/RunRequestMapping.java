package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What run-now, runs/repair and runs/list ask for. */
final class RunRequestMapping {

  private static final int MAX_TOKEN = 64;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_OFFSET = 10_000;

  /** The end of the year 9999: whoever names a later time means no bound. */
  private static final long LATEST = 253_402_300_799_999L;

  private static final String WORKFLOW_RUN = "WORKFLOW_RUN";
  private static final List<String> RUN_TYPES =
      List.of(RunMapping.JOB_RUN, WORKFLOW_RUN, RunMapping.SUBMIT_RUN);

  static Runs.Request request(Fields in) throws Rejected {
    Map<String, JsonNode> parameters = RunParameters.of(in);
    Fields queue = in.object("queue");
    return new Runs.Request(
        Ids.job(in),
        parameters,
        Texts.map(in, "job_parameters"),
        (queue == null || !queue.has("enabled")) ? null : queue.flag("enabled"),
        in.texts("only"),
        token(in));
  }

  static @Nullable String token(Fields in) throws Rejected {
    String token = in.optionalText("idempotency_token");
    if (token != null && token.length() > MAX_TOKEN) {
      throw Rejected.field(
          "idempotency_token",
          "at most " + MAX_TOKEN + " characters are allowed, not " + token.length());
    }
    return token == null || token.isEmpty() ? null : token;
  }

  static Runs.Repair repair(Fields in) throws Rejected {
    List<String> tasks = in.texts("rerun_tasks");
    boolean allFailed = in.flag("rerun_all_failed_tasks");
    if (tasks.isEmpty() != allFailed) {
      throw Rejected.invalid(
          "Exactly one of rerun_tasks, with task keys, and rerun_all_failed_tasks, which is true,"
              + " is expected");
    }
    return new Runs.Repair(
        Ids.run(in),
        tasks,
        allFailed,
        in.flag("rerun_dependent_tasks"),
        in.optionalId("latest_repair_id"),
        RunParameters.of(in),
        Texts.map(in, "job_parameters"));
  }

  /** Which runs to list; empty when there cannot be any, for no notebook starts others here. */
  static Optional<Runs.Query> query(Fields in, Version version) throws Rejected {
    int most = version.hasTasks() ? 25 : 1000;
    int limit = in.whole("limit", 0, Integer.MAX_VALUE, DEFAULT_LIMIT);
    if (limit > most) {
      throw Rejected.invalid(
          "Invalid limit " + limit + " - it has to be no more than " + most + ".");
    }
    String type = in.word("run_type", RUN_TYPES);
    Runs.Query query =
        new Runs.Query(
            Ids.optionalJob(in),
            which(in),
            type == null ? null : Boolean.valueOf(type.equals(RunMapping.SUBMIT_RUN)),
            version.hasTasks() ? time(in, "start_time_from") : null,
            version.hasTasks() ? time(in, "start_time_to") : null,
            version.hasTasks() ? in.optionalText("page_token") : null,
            offset(in, version, MAX_OFFSET),
            limit == 0 ? most : limit);
    return WORKFLOW_RUN.equals(type) ? Optional.empty() : Optional.of(query);
  }

  /** How many to leave out; further on, page_token leads. */
  static int offset(Fields in, Version version, int most) throws Rejected {
    int offset = in.whole("offset", 0, most, 0);
    if (version.hasPieces() && offset > 0) {
      throw Rejected.field("offset", "not of version 2.2, expected page_token");
    }
    return offset;
  }

  private static @Nullable Instant time(Fields in, String name) throws Rejected {
    Long millis = in.optionalId(name);
    if (millis != null && millis < 0) {
      throw in.wrong(name, "milliseconds since 1970");
    }
    return millis == null ? null : Instant.ofEpochMilli(Math.min(millis, LATEST));
  }

  private static Runs.Which which(Fields in) throws Rejected {
    boolean active = in.flag("active_only");
    boolean completed = in.flag("completed_only");
    if (active && completed) {
      throw Rejected.invalid("active_only and completed_only cannot both be true");
    }
    return active ? Runs.Which.ACTIVE : completed ? Runs.Which.FINISHED : Runs.Which.ALL;
  }

  private RunRequestMapping() {}
}
