package io.mutirao.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Sent;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real certificate, of the name that is asked for or of another one. */
final class CertificateTest {

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void end() {
    Certificate.trustNone();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aTrustedCertificateOfThatNameWillDo() throws Exception {
    Certificate certificate = Certificate.of("localhost", folder);
    certificate.trust();

    assertThat(post(certificate)).isEqualTo(new Sent());
  }

  @Test
  void aTrustedCertificateOfAnotherNameWillNot() throws Exception {
    Certificate certificate = Certificate.of("other.example", folder);
    certificate.trust();

    assertThat(post(certificate))
        .isInstanceOfSatisfying(
            NotNow.class, later -> assertThat(later.why()).contains("name matching localhost"));
  }

  @Test
  void aCertificateThatNobodyTrustsWillNot() throws Exception {
    assertThat(post(Certificate.of("localhost", folder)))
        .isInstanceOfSatisfying(
            NotNow.class, later -> assertThat(later.why()).contains("certification path"));
  }

  private Outcome post(Certificate certificate) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    HttpDoor door = new HttpDoor(vertx, new Settings());
    try {
      URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      return door.post(new HttpCall(url, Map.of(), "{}"), Instant.EPOCH);
    } finally {
      door.close();
      server.stop(0);
    }
  }

  private record Settings() implements ChannelConfig.Webhook {
    @Override
    public boolean allowPrivate() {
      return true;
    }

    @Override
    public Duration connectTimeout() {
      return Duration.ofSeconds(3);
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(20);
    }

    @Override
    public URI pagerduty() {
      return URI.create("http://pagerduty.invalid");
    }
  }
}
