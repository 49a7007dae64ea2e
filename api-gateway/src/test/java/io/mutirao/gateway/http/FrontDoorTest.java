package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.gateway.access.Doorkeeper;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real requests, byte by byte, against a dialect that answers with what it was given. */
class FrontDoorTest {

  private static final String AUTH = "Authorization: Bearer sesame\r\n";
  private static final Vertx vertx = Vertx.vertx();
  private static final HeldBytes held = new HeldBytes(15 * 1024 * 1024);
  private static HttpServer server;

  private static final class Echo implements Dialect {
    @Override
    public String root() {
      return "/";
    }

    @Override
    public List<Endpoint> endpoints() {
      return List.of(
          Endpoint.get("/echo", call -> Answer.ok(call.in().node())),
          Endpoint.post("/echo", call -> Answer.ok(Map.of("fields", call.in().node().size()))),
          Endpoint.post("/base", call -> Answer.ok(Map.of("base", call.base()))),
          Endpoint.post(
              "/bug",
              _ -> {
                throw new IllegalStateException("the secret of the house");
              }));
    }

    @Override
    public Answer render(Problem problem) {
      return Answer.json(400, Map.of("problem", problem.getClass().getSimpleName()));
    }
  }

  @BeforeAll
  static void open() throws Exception {
    Router router = Router.router(vertx);
    new FrontDoor(Doorkeeper.letsIn("sesame"), held, vertx).open(router, List.of(new Echo()));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aGetTakesItsParametersFromTheQueryOrFromABody() throws IOException {
    assertThat(ask("GET /echo?a=1&b=x HTTP/1.1\r\n" + AUTH, ""))
        .endsWith("{\"a\":\"1\",\"b\":\"x\"}");
    assertThat(ask("GET /echo HTTP/1.1\r\n" + AUTH, "{\"a\":1}")).endsWith("{\"a\":1}");
    assertThat(ask("GET /echo HTTP/1.1\r\n" + AUTH, "")).endsWith("{}");
  }

  @Test
  void aBodyIsJsonUnderAnyContentType() throws IOException {
    for (String type : List.of("application/x-www-form-urlencoded", "text/json", "image/png")) {
      String head = "POST /echo HTTP/1.1\r\nContent-Type: " + type + "\r\n" + AUTH;
      assertThat(ask(head, "{\"a\":1}"))
          .contains("200 OK", "application/json")
          .endsWith("{\"fields\":1}");
    }
    assertThat(ask("POST /echo HTTP/1.1\r\n" + AUTH, "{}")).endsWith("{\"fields\":0}");
  }

  @Test
  void whoWaitsToBeToldToContinueIsTold() throws IOException {
    assertThat(ask("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\n" + AUTH, "{\"a\":1}"))
        .startsWith("HTTP/1.1 100 Continue")
        .endsWith("{\"fields\":1}");
  }

  @Test
  void whoHasNoCredentialsIsNotEvenToldToContinue() throws IOException {
    assertThat(ask("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\n", "{\"a\":1}"))
        .doesNotContain("100 Continue")
        .endsWith("{\"problem\":\"NoCredentials\"}");
  }

  @Test
  void aLargeBodyIsRefusedBeforeItIsSent() throws IOException {
    try (Socket socket = socket()) {
      send(
          socket, "POST /echo HTTP/1.1\r\nHost: x\r\n" + AUTH + "Content-Length: 99999999\r\n\r\n");
      assertThat(read(socket)).contains("400").endsWith("{\"problem\":\"TooLarge\"}");
    }
    assertTheDoorIsOpen();
  }

  @Test
  void aLargeBodyOfUnknownLengthIsRefusedAsSoonAsItIsTooLarge() throws IOException {
    try (Socket socket = socket()) {
      send(
          socket,
          "POST /echo HTTP/1.1\r\nHost: x\r\n" + AUTH + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = Integer.toHexString(1 << 20) + "\r\n" + "a".repeat(1 << 20) + "\r\n";
      for (int i = 0; i < 11; i++) {
        send(socket, chunk);
      }
      assertThat(read(socket)).endsWith("{\"problem\":\"TooLarge\"}");
    }
    assertTheDoorIsOpen();
  }

  @Test
  void moreLargeBodiesThanFitInMemoryAreAskedToComeAgain() throws IOException {
    String head = "POST /echo HTTP/1.1\r\nHost: x\r\n" + AUTH + "Content-Length: 9000000\r\n\r\n";
    try (Socket first = socket();
        Socket second = socket()) {
      send(first, head + "{");
      awaitHeld();
      send(second, head);
      assertThat(read(second)).endsWith("{\"problem\":\"Away\"}");
      send(first, " ".repeat(8_999_998) + "}");
      assertThat(read(first)).endsWith("{\"fields\":0}");
    }
    assertTheDoorIsOpen();
  }

  @Test
  void whatNobodyServesIsAProblemOfTheDialects() throws IOException {
    assertThat(ask("GET /nothing HTTP/1.1\r\n" + AUTH, ""))
        .endsWith("{\"problem\":\"NoEndpoint\"}");
    assertThat(ask("POST /nothing HTTP/1.1\r\n", "{}")).endsWith("{\"problem\":\"NoEndpoint\"}");
    assertThat(ask("PUT /echo HTTP/1.1\r\n" + AUTH, "{}"))
        .endsWith("{\"problem\":\"WrongMethod\"}");
  }

  @Test
  void aBugTellsTheCallerNothingButWhereToLook() throws IOException {
    assertThat(ask("POST /bug HTTP/1.1\r\n" + AUTH, "{}"))
        .doesNotContain("secret", "Exception")
        .endsWith("{\"problem\":\"Bug\"}");
    assertTheDoorIsOpen();
  }

  @Test
  void linksLeadWhereTheCallerReachedUs() throws IOException {
    assertThat(ask("POST /base HTTP/1.1\r\n" + AUTH, "{}"))
        .endsWith("{\"base\":\"http://jobs.example\"}");
  }

  private static void assertTheDoorIsOpen() throws IOException {
    assertThat(ask("POST /echo HTTP/1.1\r\n" + AUTH, "{}")).endsWith("{\"fields\":0}");
  }

  private static void awaitHeld() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (room() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(room()).isFalse();
  }

  private static boolean room() {
    boolean room = held.take(7_000_000);
    held.giveBack(7_000_000);
    return room;
  }

  private static String ask(String head, String body) throws IOException {
    try (Socket socket = socket()) {
      String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
      send(socket, head + "Host: jobs.example\r\n" + length + "\r\n" + body);
      return read(socket);
    }
  }

  private static Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  /** Reads up to the end of the one JSON object that every answer is. */
  private static String read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int depth = 0;
    int c;
    while ((c = in.read()) >= 0) {
      all.write(c);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '}' && depth == 0) {
        break;
      }
    }
    return all.toString(UTF_8);
  }
}
