package io.mutirao.gateway.databricks;

import io.mutirao.contracts.job.Notifications;
import io.mutirao.contracts.job.Notifications.Event;
import io.mutirao.contracts.job.Notifications.Targets;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** email_notifications, webhook_notifications and notification_settings, of a job or of a task. */
final class NotificationsMapping {

  private static final Map<Event, String> EVENTS =
      new EnumMap<>(
          Map.of(
              Event.START, "on_start",
              Event.SUCCESS, "on_success",
              Event.FAILURE, "on_failure",
              Event.SLOW, "on_duration_warning_threshold_exceeded"));

  private static final int MAX_WEBHOOKS = 3;

  /** Null when nobody is to be told. */
  static @Nullable Notifications notifications(Fields in) throws Rejected {
    Fields email = in.object("email_notifications");
    Fields webhooks = in.object("webhook_notifications");
    Map<Event, Targets> on = new EnumMap<>(Event.class);
    for (var event : EVENTS.entrySet()) {
      List<String> mail = email == null ? List.of() : Ascii.list(email, event.getValue());
      List<String> ids = webhooks == null ? List.of() : webhooks(webhooks, event.getValue());
      if (!mail.isEmpty() || !ids.isEmpty()) {
        on.put(event.getKey(), new Targets(mail, ids));
      }
    }
    boolean skippedByMail = email == null || !email.flag("no_alert_for_skipped_runs");
    Fields settings = in.object("notification_settings");
    boolean skipped = true;
    boolean canceled = true;
    boolean last = false;
    if (settings != null) {
      skipped = !settings.flag("no_alert_for_skipped_runs");
      canceled = !settings.flag("no_alert_for_canceled_runs");
      last = settings.flag("alert_on_last_attempt");
    }
    return on.isEmpty() ? null : new Notifications(on, skippedByMail, skipped, canceled, last);
  }

  private static List<String> webhooks(Fields webhooks, String event) throws Rejected {
    List<Fields> targets = webhooks.objects(event);
    if (targets.size() > MAX_WEBHOOKS) {
      throw Rejected.field(
          webhooks.at(event), "at most " + MAX_WEBHOOKS + " are allowed, not " + targets.size());
    }
    List<String> ids = new ArrayList<>();
    for (Fields target : targets) {
      ids.add(target.text("id"));
    }
    return ids;
  }

  private NotificationsMapping() {}
}
