package io.mutirao.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/echo",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body = exchange.getRequestBody().readAllBytes();
          byte[] answer = (token + " " + new String(body, UTF_8)).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.createContext(
        "/chunked",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.close();
        });
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void oneConnectionCarriesManyRequestsSmallAndLarge() throws IOException {
    try (var connection = new Connection(address)) {
      for (String body : new String[] {"", "ação", "x".repeat(100_000)}) {
        var answer = connection.send(Connection.request(address, "T", "POST", "/echo", body));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("Bearer T " + body);
      }
    }
  }

  @Test
  void anAnswerThatItCannotReadIsAnErrorAndNotAGuess() throws IOException {
    try (var connection = new Connection(address)) {
      byte[] request = Connection.request(address, "T", "GET", "/chunked", "");
      assertThatThrownBy(() -> connection.send(request)).hasMessageContaining("Content-Length");
    }
  }
}
