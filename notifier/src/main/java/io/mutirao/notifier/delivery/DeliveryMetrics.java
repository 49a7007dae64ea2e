package io.mutirao.notifier.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.notifier.channel.Parcel;
import io.mutirao.notifier.notice.Target;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** What the deliveries tell the operator, in metrics and log lines of the same words. */
final class DeliveryMetrics {

  private static final Logger log = Logger.getLogger(Sender.class);

  private final MeterRegistry registry;
  private final AtomicInteger open = new AtomicInteger();

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("mutirao_deliveries_open", open, AtomicInteger::get);
  }

  void open(int count) {
    open.set(count);
  }

  void tried(Tried tried) {
    Claimed claimed = tried.claimed();
    Parcel parcel = claimed.parcel();
    String keys = keys(parcel, claimed.tries());
    String outcome =
        switch (tried.verdict()) {
          case Verdict.Sent _ -> {
            log.infof("Delivery sent. %s", keys);
            yield "sent";
          }
          case Verdict.Again(var after, var why) -> {
            log.infof(
                "Delivery failed for now; it is tried again in %d ms. %s reason=%s",
                after.toMillis(), keys, why);
            yield "again";
          }
          case Verdict.GivenUp(var why) -> {
            log.warnf("Delivery given up; it can be sent again by hand. %s reason=%s", keys, why);
            yield "failed";
          }
        };
    registry
        .counter(
            "mutirao_deliveries",
            "channel",
            channel(parcel),
            "event",
            parcel.notice().what().name(),
            "outcome",
            outcome)
        .increment();
  }

  private static String channel(Parcel parcel) {
    return parcel.destination() == null
        ? parcel.target().channel().name()
        : parcel.destination().kind().name();
  }

  private static String keys(Parcel parcel, int tries) {
    Target target = parcel.target();
    String run = parcel.notice().run() == null ? "-" : parcel.notice().run().toString();
    return "delivery=%s event=%s channel=%s target=%s job=%s run=%s try=%d"
        .formatted(
            parcel.id(),
            parcel.notice().what(),
            channel(parcel),
            target.name().replaceAll("\\p{Cntrl}", "?"),
            parcel.notice().job(),
            run,
            tries);
  }
}
