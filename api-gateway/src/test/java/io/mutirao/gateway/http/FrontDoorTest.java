package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.gateway.access.Doorkeeper;
import io.mutirao.gateway.access.FakeAccounts;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Freshness;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Unfinished;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real requests, byte by byte, against a dialect that answers with what it was given. */
class FrontDoorTest {

  private static final String AUTH = "Authorization: Bearer sesame\r\n";
  private static final int LARGEST = 40 * 1024 * 1024;
  private static final Vertx vertx = Vertx.vertx();
  private static final HeldBytes held = new HeldBytes(15 * 1024 * 1024);
  private static final FakeAccounts accounts = new FakeAccounts();
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
          Endpoint.put("/things/:id", call -> Answer.ok(Map.of("id", call.part("id")))),
          Endpoint.delete("/things/:id", call -> Answer.ok(call.in().node())),
          Endpoint.get("/me", call -> Answer.ok(Map.of("me", call.caller().user()))),
          Endpoint.get("/open", call -> Answer.ok(Map.of("me", call.caller().user())))
              .withoutCredentials(),
          Endpoint.get("/shown", FrontDoorTest::show),
          Endpoint.post(
                  "/raw/*",
                  call ->
                      Answer.ok(
                          Map.of(
                              "path", call.part("*"),
                              "bytes", length(call.body()),
                              "query", call.in().node().toString())))
              .taking(Dialect.Takes.BYTES),
          Endpoint.post("/form", FrontDoorTest::form).taking(Dialect.Takes.FORM),
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

  /** What {@code /shown} shows; another object is something else. */
  private static final AtomicReference<Object> shown = new AtomicReference<>(new Object());

  private static final AtomicInteger written = new AtomicInteger();

  private static Answer show(Call call) {
    Object what = shown.get();
    Freshness untilAnother =
        told -> Thread.startVirtualThread(() -> told.accept(shown.get().equals(what)));
    return call.show(
        new Fresh<>(what, untilAnother),
        () -> Answer.ok(Map.of("written", written.incrementAndGet(), "base", call.base())));
  }

  private static long length(Sent sent) throws Rejected {
    try {
      return sent.content().transferTo(OutputStream.nullOutputStream());
    } catch (Unfinished e) {
      throw new Rejected(e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer form(Call call) throws Rejected {
    Sent sent = call.file("file");
    byte[] file = sent == null ? call.in().bytes("file") : sent.beginning(1_000);
    return Answer.ok(
        Map.of(
            "text",
            String.valueOf(call.in().optionalText("text")),
            "file",
            file == null ? "none" : HexFormat.of().formatHex(file)));
  }

  @BeforeAll
  static void open() throws Exception {
    Router router = Router.router(vertx);
    ImportConfig imports = () -> new MemorySize(BigInteger.valueOf(LARGEST));
    new FrontDoor(Doorkeeper.letsIn("sesame", accounts), held, imports, vertx)
        .open(router, List.of(new Echo()));
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
  void anAnswerIsGivenAgainToWhoeverAsksTheSameWhileWhatItShowsIsFresh() throws IOException {
    accounts.holds("ritas-token", "rita");
    String ask = "GET /shown?a=1 HTTP/1.1\r\n" + AUTH;
    String first = ask(ask, "");
    assertThat(first).contains("200 OK", "application/json", "http://jobs.example");
    assertThat(ask(ask, "")).isEqualTo(first);
    assertThat(ask(ask + "Content-Length: 0\r\n", "")).isEqualTo(first);
    List<String> others =
        List.of(
            ask("GET /shown?a=2 HTTP/1.1\r\n" + AUTH, ""),
            ask("GET /shown?a=1 HTTP/1.1\r\nAuthorization: Bearer ritas-token\r\n", ""),
            ask(ask, "{\"b\":1}"));
    assertThat(others).doesNotContain(first).doesNotHaveDuplicates();
    assertThat(ask(ask, "")).isEqualTo(first);
    assertThat(ask("GET /shown?a=1 HTTP/1.1\r\n", "")).endsWith("{\"problem\":\"NoCredentials\"}");

    shown.set(new Object());

    String second = ask(ask, "");
    assertThat(second).contains("200 OK").isNotEqualTo(first);
    assertThat(ask(ask, "")).isEqualTo(second);
  }

  @Test
  void aPathThatCannotBeDecodedIsRefusedInTheDialectsFormat() throws IOException {
    assertThat(ask("GET /things/%zz HTTP/1.1\r\n" + AUTH, ""))
        .endsWith("{\"problem\":\"Malformed\"}");
    assertThat(ask("GET /echo?a=%zz HTTP/1.1\r\n" + AUTH, ""))
        .endsWith("{\"problem\":\"Malformed\"}");
    assertThat(ask("GET /%f HTTP/1.1\r\n" + AUTH, "")).endsWith("{\"problem\":\"Malformed\"}");
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

  @Test
  void aUserWhoMustBeAskedForIsLetInWithHisBody() throws IOException {
    accounts.holds("marias-token", "maria");
    String auth = "Authorization: Bearer marias-token\r\n";
    assertThat(ask("GET /me HTTP/1.1\r\n" + auth, "")).endsWith("{\"me\":\"maria\"}");
    String large = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
    accounts.holds("marias-other-token", "maria");
    String other = "Authorization: Bearer marias-other-token\r\n";
    assertThat(ask("POST /echo HTTP/1.1\r\n" + other, large)).endsWith("{\"fields\":1}");
    assertThat(ask("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\n" + other, "{}"))
        .endsWith("{\"fields\":0}");
  }

  @Test
  void aTokenThatIsNobodysIsRefused() throws IOException {
    assertThat(ask("POST /echo HTTP/1.1\r\nAuthorization: Bearer x\r\n", "{}"))
        .endsWith("{\"problem\":\"WrongCredentials\"}");
    assertTheDoorIsOpen();
  }

  @Test
  void anOpenDoorAsksForNoCredentials() throws IOException {
    assertThat(ask("GET /open HTTP/1.1\r\n", "")).endsWith("{\"me\":\"\"}");
    assertThat(ask("GET /me HTTP/1.1\r\n", "")).endsWith("{\"problem\":\"NoCredentials\"}");
  }

  @Test
  void aPartOfThePathIsDecoded() throws IOException {
    assertThat(ask("PUT /things/a%20b HTTP/1.1\r\n" + AUTH, "{}")).endsWith("{\"id\":\"a b\"}");
    assertThat(ask("DELETE /things/1?a=2 HTTP/1.1\r\n" + AUTH, "")).endsWith("{\"a\":\"2\"}");
    assertThat(ask("DELETE /things/1 HTTP/1.1\r\n" + AUTH, "")).endsWith("{}");
  }

  @Test
  void bytesAreTakenAsTheyAreAndTheRestOfThePathWithItsSlashes() throws IOException {
    for (String rest : List.of("Users/a+b%20c/x.py", "Users%2Fa+b%20c%2Fx.py")) {
      assertThat(ask("POST /raw/" + rest + "?overwrite=true HTTP/1.1\r\n" + AUTH, "not json"))
          .contains("\"path\":\"Users/a+b c/x.py\"", "\"bytes\":8", "overwrite");
    }
  }

  @Test
  void moreBytesThanFitInMemoryGoThroughInPieces() throws IOException {
    assertThat(LARGEST).isGreaterThan((int) held.most());
    try (Socket socket = socket()) {
      send(socket, "POST /raw/x HTTP/1.1\r\nHost: x\r\n" + AUTH);
      send(socket, "Content-Length: " + LARGEST + "\r\n\r\n");
      for (int i = 0; i < LARGEST >> 20; i++) {
        send(socket, "a".repeat(1 << 20));
      }
      assertThat(read(socket)).contains("\"bytes\":" + LARGEST);
    }
    assertNothingIsHeld();
  }

  @Test
  void bytesBeyondTheLargestImportAreRefusedSaidOrNot() throws IOException {
    String head = "POST /raw/x HTTP/1.1\r\nHost: x\r\n" + AUTH;
    try (Socket socket = socket()) {
      send(socket, head + "Content-Length: " + (LARGEST + 1) + "\r\n\r\n");
      assertThat(read(socket)).endsWith("{\"problem\":\"TooLarge\"}");
    }
    try (Socket socket = socket()) {
      send(socket, head + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i <= LARGEST >> 20; i++) {
        send(socket, Integer.toHexString(1 << 20) + "\r\n" + "a".repeat(1 << 20) + "\r\n");
      }
      assertThat(read(socket)).endsWith("{\"problem\":\"TooLarge\"}");
    }
    assertNothingIsHeld();
  }

  @Test
  void aFormMayBringMoreThanFitsInMemory() throws IOException {
    String part = "--xx\r\nContent-Disposition: form-data; name=";
    String file = part + "\"file\"; filename=\"f\"\r\n\r\n" + "y".repeat(20 << 20) + "\r\n";
    String body = file + part + "\"text\"\r\n\r\nafter\r\n--xx--\r\n";
    String type = "Content-Type: multipart/form-data; boundary=xx\r\n";
    assertThat(ask("POST /form HTTP/1.1\r\n" + type + AUTH, body))
        .contains("\"text\":\"after\"", "\"file\":\"" + "79".repeat(1_000) + "\"");
    assertNothingIsHeld();
  }

  private static void assertNothingIsHeld() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (held.held() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(held.held()).isZero();
  }

  @Test
  void aFormHasTextsAndFiles() throws IOException {
    String type = "Content-Type: multipart/form-data; boundary=xx\r\n";
    String part = "--xx\r\nContent-Disposition: form-data; name=";
    String text = part + "\"text\"\r\n\r\nação\r\n";
    String file = part + "\"file\"; filename=\"\"\r\n\r\n\0\1\r\n";
    String body = text + file + "--xx--\r\n";
    assertThat(ask("POST /form HTTP/1.1\r\n" + type + AUTH, body))
        .contains("\"text\":\"ação\"", "\"file\":\"0001\"");
    assertThat(ask("POST /form HTTP/1.1\r\n" + AUTH, "{\"text\":\"a\",\"file\":\"AAE=\"}"))
        .contains("\"text\":\"a\"", "\"file\":\"0001\"");
    assertThat(ask("POST /form HTTP/1.1\r\n" + AUTH, "{\"file\":\"not base64!\"}"))
        .endsWith("{\"problem\":\"Invalid\"}");
  }

  @Test
  void aFormThatIsNoneIsMalformed() throws IOException {
    String type = "Content-Type: multipart/form-data";
    for (String rest : List.of("\r\n", "; boundary=xx\r\n")) {
      assertThat(ask("POST /form HTTP/1.1\r\n" + type + rest + AUTH, "--yy nonsense"))
          .endsWith("{\"problem\":\"Malformed\"}");
    }
    assertTheDoorIsOpen();
  }

  private static void assertTheDoorIsOpen() throws IOException {
    assertThat(ask("POST /echo HTTP/1.1\r\n" + AUTH, "{}")).endsWith("{\"fields\":0}");
  }

  /** Looks without taking anything: that could be what refuses the request. */
  private static void awaitHeld() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (held.held() < 9_000_000 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(held.held()).isGreaterThanOrEqualTo(9_000_000);
  }

  private static String ask(String head, String body) throws IOException {
    try (Socket socket = socket()) {
      String length =
          body.isEmpty() ? "" : "Content-Length: " + body.getBytes(UTF_8).length + "\r\n";
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
