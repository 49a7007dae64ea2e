package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who hears of a job's runs, or of one task's (Jobs API 2.0, JobEmailNotifications,
 * WebhookNotifications, JobNotificationSettings).
 *
 * @param on whom to tell, by what happened
 * @param skippedByMail false: no mail of runs that were skipped
 * @param skipped false: nothing at all of runs that were skipped
 * @param canceled false: nothing of runs that were canceled
 * @param lastAttemptOnly no start of a retry, and no failure that will be tried again
 */
public record Notifications(
    Map<Event, Targets> on,
    boolean skippedByMail,
    boolean skipped,
    boolean canceled,
    boolean lastAttemptOnly) {

  /** What may be told. */
  public enum Event {
    START,
    SUCCESS,
    FAILURE,
    /** The run takes longer than its rule says. */
    SLOW
  }

  /**
   * Where to.
   *
   * @param mail addresses
   * @param destinations ids of notification destinations, at most three
   */
  public record Targets(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mail,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> destinations) {

    public Targets {
      mail = mail == null ? List.of() : List.copyOf(mail);
      destinations = destinations == null ? List.of() : List.copyOf(destinations);
    }
  }

  /** Every address that hears of anything, once. */
  public List<String> addresses() {
    return Arrays.stream(Event.values())
        .map(on::get)
        .filter(Objects::nonNull)
        .flatMap(targets -> targets.mail().stream())
        .distinct()
        .toList();
  }

  public Notifications {
    on = on == null ? Map.of() : Map.copyOf(on);
  }
}
