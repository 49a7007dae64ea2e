package io.mutirao.notifier.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.notifier.destination.Destination;
import io.mutirao.notifier.notice.Notice;
import io.mutirao.notifier.notice.Notice.What;
import io.mutirao.notifier.notice.Target;
import io.mutirao.notifier.notice.Target.Channel;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A failed run, and parcels that tell of it. */
public final class Examples {

  static final URI BASE = URI.create("http://mutirao.example:8080");
  static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");

  public static Notice failure(String jobName, String message) {
    return new Notice(
        What.FAILURE,
        new JobId(44),
        jobName,
        new RunId(77),
        0,
        3L,
        null,
        1,
        Result.FAILED,
        Cause.TASK_FAILED,
        message,
        AT,
        AT.minusSeconds(75),
        null,
        "ana",
        Map.of("python", JsonNodeFactory.instance.arrayNode().add("--fast")),
        Map.of("day", "today"));
  }

  public static Parcel mail(Notice notice, String address) {
    return new Parcel("msg_1", "run 77", notice, new Target(Channel.MAIL, address), null, AT);
  }

  static Parcel to(DestinationKind kind, Map<String, String> fields) {
    return to(failure("nightly", "ValueError: no day"), kind, fields, List.of());
  }

  static Parcel to(
      Notice notice, DestinationKind kind, Map<String, String> fields, List<String> addresses) {
    Destination destination = new Destination("d-1", "ops", kind, fields, addresses);
    return new Parcel(
        "msg_1", "run 77", notice, new Target(Channel.DESTINATION, "d-1"), destination, AT);
  }

  private Examples() {}
}
