package io.mutirao.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Refused;
import io.mutirao.notifier.channel.Outcome.Sent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On real connections. */
@Timeout(60)
final class HttpDoorTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private Behaviour behaviour = exchange -> exchange.sendResponseHeaders(204, -1);

  HttpDoorTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void begin() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          behaviour.answer(exchange);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    over.countDown();
    server.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatTheTargetTakesIsSent() throws Exception {
    assertThat(post("http://127.0.0.1:%d/in", true)).isEqualTo(new Sent());
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://[::1]:%d/",
        "http://0:%d/"
      })
  void aTargetInsideTheMachineIsRefusedUnlessAllowed(String url) throws Exception {
    assertThat(post(url, false))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.why()).contains("MUTIRAO_WEBHOOK_ALLOW_PRIVATE"));
    assertThat(asked).as("nobody was connected to").hasValue(0);
  }

  @Test
  void theAddressThatWasCheckedIsTheOneConnectedToHoweverTheNameTurns() throws Exception {
    AtomicReference<String> host = new AtomicReference<>();
    behaviour =
        exchange -> {
          host.set(exchange.getRequestHeaders().getFirst("Host"));
          exchange.sendResponseHeaders(204, -1);
        };
    assertThat(post("http://a.turning.example:%d/", true)).isEqualTo(new Sent());
    assertThat(TurningNames.timesAsked("a.turning.example")).isEqualTo(1);
    assertThat(host.get()).startsWith("a.turning.example:");
    assertThat(InetAddress.getAllByName("a.turning.example"))
        .as("whoever asks again is sent where nobody is")
        .extracting(InetAddress::getHostAddress)
        .containsExactly("127.0.0.2");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        };

    assertThat(post("http://127.0.0.1:%d/in", true))
        .isEqualTo(new Refused("status 307, a redirect"));
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"408", "425", "429", "500", "503"})
  void aTargetThatCannotNowIsAskedAgainWhenItSays(int status) throws Exception {
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "120");
          exchange.sendResponseHeaders(status, -1);
        };

    assertThat(post("http://127.0.0.1:%d/in", true))
        .isEqualTo(new NotNow("status " + status, Duration.ofMinutes(2), false));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410, 422})
  void anyOtherRefusalIsFinal(int status) throws Exception {
    behaviour = exchange -> exchange.sendResponseHeaders(status, -1);

    assertThat(post("http://127.0.0.1:%d/in", true)).isEqualTo(new Refused("status " + status));
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
    behaviour =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[8 * 1024];
          while (over.getCount() > 0) {
            exchange.getResponseBody().write(piece);
          }
        };

    assertThat(post("http://127.0.0.1:%d/in", true)).isEqualTo(new Sent());
  }

  @Test
  void aTargetThatIsSilentIsLeftAlone() throws Exception {
    behaviour = _ -> await();

    assertThat(post("http://127.0.0.1:%d/in", true))
        .isEqualTo(new NotNow("no answer within 2000 ms", null, true));
  }

  @Test
  void aTargetThatIsNotThereIsTriedAgain() throws Exception {
    server.stop(0);

    assertThat(post("http://127.0.0.1:%d/in", true))
        .isInstanceOfSatisfying(NotNow.class, later -> assertThat(later.silent()).isTrue());
    assertThat(post("http://nobody.invalid:%d/in", true))
        .isInstanceOfSatisfying(NotNow.class, later -> assertThat(later.why()).contains("address"));
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome post(String url, boolean allowPrivate) throws InterruptedException {
    HttpDoor door = new HttpDoor(vertx, new Settings(allowPrivate));
    try {
      URI target = URI.create(url.formatted(server.getAddress().getPort()));
      return door.post(new HttpCall(target, Map.of(), "{}"), NOW);
    } finally {
      door.close();
    }
  }

  private record Settings(boolean allowPrivate) implements ChannelConfig.Webhook {
    @Override
    public Duration connectTimeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(2);
    }

    @Override
    public URI pagerduty() {
      return URI.create("http://pagerduty.invalid");
    }
  }
}
