package io.mutirao.notifier.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Sent;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real certificate, of the name that is asked for or of another one. */
final class CertificateTest {

  private static final String PASSWORD = "changeit";
  private static final String TRUST = "javax.net.ssl.trustStore";

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void end() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aTrustedCertificateOfThatNameWillDo() throws Exception {
    Path certificate = certificate("localhost");
    trust(certificate);

    assertThat(post(certificate)).isEqualTo(new Sent());
  }

  @Test
  void aTrustedCertificateOfAnotherNameWillNot() throws Exception {
    Path certificate = certificate("other.example");
    trust(certificate);

    assertThat(post(certificate))
        .isInstanceOfSatisfying(
            NotNow.class, later -> assertThat(later.why()).contains("name matching localhost"));
  }

  @Test
  void aCertificateThatNobodyTrustsWillNot() throws Exception {
    assertThat(post(certificate("localhost")))
        .isInstanceOfSatisfying(
            NotNow.class, later -> assertThat(later.why()).contains("certification path"));
  }

  private static void trust(Path certificate) {
    System.setProperty(TRUST, certificate.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
  }

  private Outcome post(Path certificate) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
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

  private static SSLContext context(Path certificate) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private Path certificate(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(made.getInputStream().readAllBytes(), UTF_8);
    assertThat(made.waitFor()).as(words).isZero();
    return file;
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
