package io.mutirao.notifier.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How mails and webhooks leave. */
@ConfigMapping(prefix = "mutirao")
public interface ChannelConfig {

  /** Where people reach the installation, for links in messages. */
  @WithDefault("http://localhost:8080")
  URI url();

  Smtp smtp();

  Secret secret();

  Webhook webhook();

  /** How the secrets of destinations are sealed. */
  interface Secret {

    /** The gateway's, which seals them. */
    Optional<String> key();
  }

  /** The mail server. */
  interface Smtp {

    /** Its name. Without one, mails are not sent but kept as failed deliveries. */
    Optional<String> host();

    /** Else 25, 587 or 465, as {@code tls} says. */
    OptionalInt port();

    /** Whether the connection is encrypted: not at all, after STARTTLS, or from its start. */
    @WithDefault("starttls")
    Tls tls();

    Optional<String> user();

    Optional<String> password();

    /** The sender's address. */
    @WithDefault("mutirao@localhost")
    String from();

    /** How long the server may take, for connecting and for each answer. */
    @WithDefault("10s")
    Duration timeout();
  }

  /** How the connection to the mail server is encrypted. */
  enum Tls {
    NONE(25),
    STARTTLS(587),
    TLS(465);

    final int port;

    Tls(int port) {
      this.port = port;
    }
  }

  /** Messages over HTTP. */
  interface Webhook {

    /** Whether targets inside this machine or a private network are reached. */
    @WithDefault("false")
    boolean allowPrivate();

    /** How long a connection may take. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long a target may take as a whole. */
    @WithDefault("10s")
    Duration timeout();

    /** Where PagerDuty takes events. */
    @WithName("pagerduty-url")
    @WithDefault("https://events.pagerduty.com/v2/enqueue")
    URI pagerduty();
  }
}
