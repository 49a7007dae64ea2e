package io.mutirao.notifier.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.notifier.notice.Notice;
import io.mutirao.notifier.notice.Notice.What;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A notice as each kind of destination understands it. */
final class Bodies {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * Ours. {@code event_type}, {@code workspace_id}, {@code run} and {@code job} stand where
   * Databricks has them, so that its receivers can read it; the rest is more.
   */
  static String webhook(Parcel parcel, URI base) {
    Notice notice = parcel.notice();
    ObjectNode body =
        JSON.objectNode()
            .put("event_type", eventType(notice))
            .put("workspace_id", "0")
            .put("delivery_id", parcel.id())
            .put("timestamp", notice.at().toString());
    ObjectNode job = body.putObject("job");
    job.put("job_id", notice.job().toString()).put("name", notice.jobName());
    if (notice.run() != null) {
      body.set("run", run(notice, base));
    }
    if (notice.task() != null) {
      body.putObject("task").put("task_key", notice.task());
    }
    return body.toString();
  }

  private static String eventType(Notice notice) {
    return switch (notice.what()) {
      case START -> "jobs.on_start";
      case SUCCESS -> "jobs.on_success";
      case FAILURE -> "jobs.on_failure";
      case SLOW -> "jobs.on_duration_warning_threshold_exceeded";
      case DELETED -> "jobs.on_delete";
    };
  }

  private static ObjectNode run(Notice notice, URI base) {
    ObjectNode run =
        JSON.objectNode()
            .put("run_id", String.valueOf(notice.run()))
            .put("number_in_job", notice.numberInJob())
            .put("attempt_number", notice.attempt())
            .put("repair", notice.repair())
            .put("creator_user_name", notice.by())
            .put("run_page_url", Words.page(notice, base));
    if (notice.startedAt() != null) {
      run.put("start_time", notice.startedAt().toEpochMilli());
    }
    if (notice.result() != null) {
      run.put("result", notice.result().name()).put("end_time", notice.at().toEpochMilli());
      if (notice.startedAt() != null) {
        long took = Duration.between(notice.startedAt(), notice.at()).toMillis();
        run.put("run_duration", Math.max(0, took));
      }
    }
    if (notice.cause() != null) {
      run.put("cause", notice.cause().name());
    }
    if (!notice.message().isEmpty()) {
      run.put("state_message", notice.message());
    }
    if (notice.afterSeconds() != null) {
      run.put("duration_threshold_seconds", notice.afterSeconds());
    }
    if (!notice.jobParameters().isEmpty()) {
      run.set("job_parameters", Codec.JSON.valueToTree(notice.jobParameters()));
    }
    if (!notice.parameters().isEmpty()) {
      run.set("parameters", Codec.JSON.valueToTree(notice.parameters()));
    }
    return run;
  }

  static String slack(Notice notice, URI base) {
    StringBuilder text = new StringBuilder();
    Words.details(notice, base)
        .forEach((name, value) ->
            text.append("*")
                .append(slackText(name))
                .append("*: ")
                .append(slackText(value))
                .append("\n"));
    ObjectNode body = JSON.objectNode().put("text", slackText(Words.headline(notice)));
    ArrayNode blocks = body.putArray("blocks");
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", mark(notice) + " *" + slackText(Words.headline(notice)) + "*");
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        // A block holds no more.
        .put("text", Words.brief(text.toString().strip(), 2_900));
    return body.toString();
  }

  /**
   * The three characters that mean something to Slack: nobody mentions a channel by a job's name.
   */
  private static String slackText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String mark(Notice notice) {
    return switch (notice.what()) {
      case START -> ":arrow_forward:";
      case SUCCESS -> ":white_check_mark:";
      case FAILURE -> ":x:";
      case SLOW -> ":hourglass:";
      case DELETED -> ":wastebasket:";
    };
  }

  /** A message with an Adaptive Card, as workflows and connectors of Teams take it. */
  static String teams(Notice notice, URI base) {
    ObjectNode body = JSON.objectNode().put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    ArrayNode parts = card.putArray("body");
    parts
        .addObject()
        .put("type", "TextBlock")
        .put("text", Words.headline(notice))
        .put("weight", "Bolder")
        .put("wrap", true);
    ArrayNode facts = parts.addObject().put("type", "FactSet").putArray("facts");
    Words.details(notice, base)
        .forEach((name, value) -> facts.addObject().put("title", name).put("value", value));
    card.putArray("actions")
        .addObject()
        .put("type", "Action.OpenUrl")
        .put("title", "Open")
        .put("url", Words.page(notice, base));
    return body.toString();
  }

  /** An event of PagerDuty's Events API, version 2. */
  static String pagerduty(Parcel parcel, URI base, String key) {
    Notice notice = parcel.notice();
    ObjectNode body =
        JSON.objectNode()
            .put("routing_key", key)
            .put("event_action", "trigger")
            .put("dedup_key", parcel.id())
            .put("client", "Mutirão")
            .put("client_url", Words.page(notice, base));
    ObjectNode payload = body.putObject("payload");
    payload
        .put("summary", Words.brief(Words.headline(notice), 1_000))
        .put("source", "mutirao/job/" + notice.job())
        .put("severity", severity(notice.what()))
        .put("timestamp", notice.at().toString());
    ObjectNode details = payload.putObject("custom_details");
    for (Map.Entry<String, String> detail : Words.details(notice, base).entrySet()) {
      details.put(detail.getKey(), detail.getValue());
    }
    return body.toString();
  }

  private static String severity(What what) {
    return switch (what) {
      case FAILURE -> "error";
      case SLOW -> "warning";
      case START, SUCCESS, DELETED -> "info";
    };
  }

  private Bodies() {}
}
