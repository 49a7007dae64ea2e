package io.mutirao.notifier.channel;

import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.notifier.channel.Outcome.Refused;
import io.mutirao.notifier.destination.Destination;
import io.mutirao.notifier.notice.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Sends a parcel the way its target wants it. One try; whatever comes of it is a value. */
@Singleton
public final class Channels {

  private final Calls calls;
  private final HttpDoor http;
  private final MailDoor mail;
  private final Optional<Seal> seal;

  Channels(Vertx vertx, ChannelConfig config) {
    this.calls = new Calls(config.url(), config.webhook().pagerduty());
    this.http = new HttpDoor(vertx, config.webhook());
    this.mail = new MailDoor(config.smtp(), config.url());
    this.seal = config.secret().key().map(Seal::with);
  }

  public Outcome send(Parcel parcel) throws InterruptedException {
    Target target = parcel.target();
    Destination destination = parcel.destination();
    return switch (target.channel()) {
      case MAIL -> mail.send(parcel, List.of(target.name()));
      case DESTINATION -> {
        if (destination == null) {
          yield new Refused("there is no notification destination " + target.name());
        }
        yield destination.kind() == DestinationKind.EMAIL
            ? mail.send(parcel, destination.addresses())
            : post(parcel, destination);
      }
    };
  }

  private Outcome post(Parcel parcel, Destination destination) throws InterruptedException {
    try {
      return http.post(calls.of(parcel, destination.opened(seal)), parcel.now());
    } catch (Seal.Broken e) {
      return new Refused(e.getMessage() + "; set the destination's secrets again");
    }
  }

  void stop(@Observes ShutdownEvent event) {
    http.close();
  }
}
