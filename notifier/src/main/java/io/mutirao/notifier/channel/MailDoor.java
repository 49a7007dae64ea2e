package io.mutirao.notifier.channel;

import io.mutirao.notifier.channel.ChannelConfig.Tls;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Refused;
import io.mutirao.notifier.channel.Outcome.Sent;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Hands mails to the mail server. */
final class MailDoor {

  private final ChannelConfig.Smtp config;
  private final URI base;
  private final Session session;

  MailDoor(ChannelConfig.Smtp config, URI base) {
    this.config = config;
    this.base = base;
    this.session = Session.getInstance(settings(config));
  }

  private static Properties settings(ChannelConfig.Smtp config) {
    Properties settings = new Properties();
    String millis = String.valueOf(config.timeout().toMillis());
    settings.setProperty("mail.smtp.connectiontimeout", millis);
    settings.setProperty("mail.smtp.timeout", millis);
    settings.setProperty("mail.smtp.writetimeout", millis);
    settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    boolean starttls = config.tls() == Tls.STARTTLS;
    settings.setProperty("mail.smtp.starttls.enable", String.valueOf(starttls));
    settings.setProperty("mail.smtp.starttls.required", String.valueOf(starttls));
    settings.setProperty("mail.smtp.ssl.enable", String.valueOf(config.tls() == Tls.TLS));
    settings.setProperty("mail.smtp.auth", String.valueOf(config.user().isPresent()));
    if (config.host().isPresent() && config.tls() != Tls.NONE) {
      settings.put("mail.smtp.ssl.socketFactory", trusting());
    }
    return settings;
  }

  /** Trusts whom the JVM's truststore names: {@code javax.net.ssl.trustStore}, else the JDK's. */
  private static SSLSocketFactory trusting() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the truststore cannot be used", e);
    }
  }

  Outcome send(Parcel parcel, List<String> addresses) {
    if (config.host().isEmpty()) {
      return new Refused("no mail server is configured: set MUTIRAO_SMTP_HOST");
    }
    Letter letter;
    try {
      letter = Letter.of(session, parcel, addresses, config.from(), base);
    } catch (AddressException e) {
      return new Refused("not an address that a mail can go to: " + Words.firstLine(reason(e)));
    } catch (MessagingException e) {
      return new Refused("no mail can be made of it: " + Words.firstLine(reason(e)));
    }
    boolean taken = false;
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(
          config.host().get(),
          config.port().orElse(config.tls().port),
          config.user().orElse(null),
          config.password().orElse(null));
      transport.sendMessage(letter, letter.getAllRecipients());
      taken = true;
      return new Sent();
    } catch (AuthenticationFailedException e) {
      // Somebody mends the password within the day.
      return new NotNow("the mail server refused us: " + Words.firstLine(reason(e)), null, true);
    } catch (MessagingException e) {
      // The server has it: that the farewell failed changes nothing.
      return taken ? new Sent() : outcome(e);
    }
  }

  /** A code of 500 and more is final; whatever else it is, it may pass. */
  private static Outcome outcome(MessagingException failure) {
    boolean answered = false;
    for (@Nullable Exception e = failure; e != null; e = next(e)) {
      int code = code(e);
      if (code >= 500) {
        return new Refused("the mail server refused it: " + Words.firstLine(reason(e)));
      }
      answered |= code > 0;
    }
    String why = reason(failure);
    String cause = reason(deepest(failure));
    String words = why.contains(cause) ? why : why + ": " + cause;
    return new NotNow("the mail server: " + Words.firstLine(words), null, !answered);
  }

  /** Which says that nobody listens, or that a certificate is not trusted. */
  private static Throwable deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException chained ? chained.getNextException() : null;
  }

  private static int code(Exception e) {
    return switch (e) {
      case SMTPAddressFailedException failed -> failed.getReturnCode();
      case SMTPSenderFailedException failed -> failed.getReturnCode();
      case SMTPSendFailedException failed -> failed.getReturnCode();
      default -> 0;
    };
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
