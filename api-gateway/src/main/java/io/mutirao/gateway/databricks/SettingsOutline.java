package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the settings that are kept and shown but not carried out here: whoever sends nonsense
 * hears of it now and not when they come to be used.
 */
final class SettingsOutline {

  /** A kind of library, and the field that it cannot do without; none for a plain URI. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "jar",
          "",
          "egg",
          "",
          "whl",
          "",
          "pypi",
          "package",
          "maven",
          "coordinates",
          "cran",
          "package");

  private static final List<String> EVENTS =
      List.of("on_start", "on_success", "on_failure", "on_duration_warning_threshold_exceeded");

  private static final int MAX_WEBHOOKS = 3;

  static void check(Fields settings) throws Rejected {
    settings.whole("max_retries", -1, Integer.MAX_VALUE, 0);
    settings.whole("min_retry_interval_millis", 0, Integer.MAX_VALUE, 0);
    settings.flag("retry_on_timeout");
    for (Fields library : settings.objects("libraries")) {
      library(library);
    }
    schedule(settings);
    email(settings);
    webhooks(settings);
    flags(settings.object("notification_settings"));
    health(settings);
  }

  private static void library(Fields library) throws Rejected {
    List<String> kinds = new ArrayList<>(LIBRARIES.keySet());
    kinds.removeIf(kind -> !library.has(kind));
    if (kinds.size() != 1) {
      throw Rejected.field(
          library.at("*"), "exactly one of jar, egg, whl, pypi, maven, cran is expected");
    }
    String kind = kinds.getFirst();
    String needed = LIBRARIES.getOrDefault(kind, "");
    Fields inner = needed.isEmpty() ? null : library.object(kind);
    if (inner == null) {
      library.text(kind);
    } else {
      inner.text(needed);
    }
  }

  private static void schedule(Fields settings) throws Rejected {
    Fields schedule = settings.object("schedule");
    if (schedule == null) {
      return;
    }
    int parts = schedule.text("quartz_cron_expression").strip().split("\\s+").length;
    if (parts != 6 && parts != 7) {
      throw schedule.wrong("quartz_cron_expression", "six or seven parts, as Quartz writes them");
    }
    try {
      ZoneId.of(schedule.text("timezone_id"), ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw schedule.wrong("timezone_id", "a time zone that Java knows");
    }
    schedule.word("pause_status", List.of("PAUSED", "UNPAUSED"));
  }

  private static void email(Fields settings) throws Rejected {
    Fields email = settings.object("email_notifications");
    if (email != null) {
      for (String event : EVENTS) {
        Ascii.list(email, event);
      }
      email.flag("no_alert_for_skipped_runs");
    }
  }

  private static void webhooks(Fields settings) throws Rejected {
    Fields webhooks = settings.object("webhook_notifications");
    if (webhooks == null) {
      return;
    }
    for (String event : EVENTS) {
      List<Fields> targets = webhooks.objects(event);
      if (targets.size() > MAX_WEBHOOKS) {
        throw Rejected.field(webhooks.at(event), "at most " + MAX_WEBHOOKS + " are allowed");
      }
      for (Fields target : targets) {
        target.text("id");
      }
    }
  }

  private static void flags(@Nullable Fields notification) throws Rejected {
    if (notification != null) {
      notification.flag("no_alert_for_skipped_runs");
      notification.flag("no_alert_for_canceled_runs");
      notification.flag("alert_on_last_attempt");
    }
  }

  private static void health(Fields settings) throws Rejected {
    Fields health = settings.object("health");
    if (health == null) {
      return;
    }
    for (Fields rule : health.objects("rules")) {
      rule.text("metric");
      rule.word("metric", List.of("RUN_DURATION_SECONDS"));
      // The document says operator, clients of later versions send op.
      String operator = rule.has("op") ? "op" : "operator";
      rule.text(operator);
      rule.word(operator, List.of("GREATER_THAN"));
      rule.whole("value", 0, Integer.MAX_VALUE, 0);
    }
  }

  private SettingsOutline() {}
}
