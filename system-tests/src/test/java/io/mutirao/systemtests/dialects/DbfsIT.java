package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files under {@code dbfs:/}. */
@OnJourneyStack
class DbfsIT {

  private static final String DBFS = "/api/2.0/dbfs/";
  private static final int MB = 1 << 20;

  private final Api api;
  private final String folder = "/tests/" + UUID.randomUUID();

  DbfsIT(Mutirao mutirao) {
    api = Api.administrator(mutirao);
  }

  @Test
  void aFileIsPutReadInPiecesListedMovedAndDeleted() {
    String path = folder + "/a ção.txt";
    put(path, "hello, world").ok();
    JsonNode piece = api.get(DBFS + "read?offset=7&length=3&path=" + encoded(path)).ok();
    assertThat(piece.path("bytes_read").asInt()).isEqualTo(3);
    assertThat(decoded(piece)).isEqualTo("wor");
    assertThat(read(path).path("bytes_read").asInt()).isEqualTo(12);
    assertThat(
            api.get(DBFS + "read?offset=99&path=" + encoded(path)).ok().path("bytes_read").asInt())
        .isZero();

    JsonNode listed = api.get(DBFS + "list?path=" + encoded(folder)).ok().path("files");
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0).path("path").asText()).isEqualTo(path);
    assertThat(listed.path(0).path("file_size").asInt()).isEqualTo(12);
    assertThat(listed.path(0).path("is_dir").asBoolean()).isFalse();

    String other = folder + "/below/b.txt";
    move(path, other).ok();
    assertThat(status(path).errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(decoded(read(other))).isEqualTo("hello, world");
    assertThat(delete(other, false).ok()).isEmpty();
    assertThat(status(other).status()).isEqualTo(404);
    assertThat(delete(other, false).ok()).isEmpty();
  }

  @Test
  void aFileComesInPieces() {
    String path = folder + "/large";
    byte[] block = new byte[MB];
    Arrays.fill(block, (byte) 'x');
    long handle = open(path, false);
    for (int i = 0; i < 3; i++) {
      add(handle, block).ok();
    }
    add(handle, "end".getBytes(UTF_8)).ok();
    assertThat(status(path).status()).isEqualTo(404);
    close(handle).ok();
    assertThat(status(path).ok().path("file_size").asLong()).isEqualTo(3L * MB + 3);
    assertThat(decoded(api.get(DBFS + "read?offset=" + 3 * MB + "&path=" + path).ok()))
        .isEqualTo("end");
    assertThat(close(handle).errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(add(handle, block).errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
  }

  @Test
  void aFileIsReplacedOnlyWhenToldTo() {
    String path = folder + "/once";
    put(path, "first").ok();
    assertThat(put(path, "second").errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS");
    Answer create = api.post(DBFS + "create", Map.of("path", path));
    assertThat(create.errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS");
    assertThat(decoded(read(path))).isEqualTo("first");
    long handle = open(path, true);
    add(handle, "third".getBytes(UTF_8)).ok();
    assertThat(decoded(read(path))).isEqualTo("first");
    close(handle).ok();
    assertThat(decoded(read(path))).isEqualTo("third");
  }

  @Test
  void anothersStreamIsNotThere() {
    long handle = open(folder + "/mine", false);
    Api maria = api.asNewUser(Api.name("maria"));
    Answer answer =
        maria.post(DBFS + "add-block", Map.of("handle", handle, "data", base64("evil")));
    assertThat(answer.status()).isEqualTo(404);
    close(handle).ok();
    assertThat(status(folder + "/mine").ok().path("file_size").asInt()).isZero();
  }

  @Test
  void aFormUploadsAFileLargerThanARequest() {
    String path = folder + "/form.bin";
    String part = "--xyz\r\nContent-Disposition: form-data; name=";
    String fields = part + "\"path\"\r\n\r\n" + path + "\r\n";
    fields += part + "\"overwrite\"\r\n\r\nTrue\r\n";
    String file = part + "\"contents\"; filename=\"\"\r\n\r\n" + "y".repeat(20 * MB);
    String body = fields + file + "\r\n--xyz--\r\n";
    Answer answer =
        Jobs.send(
            api.request(DBFS + "put")
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(BodyPublishers.ofString(body))
                .build());
    assertThat(answer.ok()).isEmpty();
    assertThat(status(path).ok().path("file_size").asInt()).isEqualTo(20 * MB);
  }

  @Test
  void foldersAreMadeAndDeletedWhole() {
    api.post(DBFS + "mkdirs", Map.of("path", folder + "/a/b/c")).ok();
    api.post(DBFS + "mkdirs", Map.of("path", folder + "/a/b/c")).ok();
    put(folder + "/a/file", "x").ok();
    assertThat(api.post(DBFS + "mkdirs", Map.of("path", folder + "/a/file")).errorCode())
        .isEqualTo("RESOURCE_ALREADY_EXISTS");
    assertThat(api.post(DBFS + "mkdirs", Map.of("path", folder + "/a/file/x")).errorCode())
        .isEqualTo("RESOURCE_ALREADY_EXISTS");
    Answer refused = delete(folder + "/a", false);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("IO_ERROR");
    delete(folder + "/a", true).ok();
    assertThat(status(folder + "/a").status()).isEqualTo(404);
    assertThat(delete("/", true).errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(status("/").ok().path("is_dir").asBoolean()).isTrue();
  }

  @Test
  void aMoveWritesOverNothing() {
    put(folder + "/x", "x").ok();
    put(folder + "/y", "y").ok();
    assertThat(move(folder + "/x", folder + "/y").errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS");
    assertThat(move(folder + "/z", folder + "/w").errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(move(folder, folder + "/inside").errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(decoded(read(folder + "/y"))).isEqualTo("y");
  }

  @Test
  void whatIsTooMuchAtOnceIsNamedSo() {
    String path = folder + "/big";
    byte[] over = new byte[MB + 1];
    long handle = open(path, false);
    assertThat(add(handle, over).errorCode()).isEqualTo("MAX_BLOCK_SIZE_EXCEEDED");
    String contents = Base64.getEncoder().encodeToString(over);
    Answer answer = api.post(DBFS + "put", Map.of("path", path, "contents", contents));
    assertThat(answer.errorCode()).isEqualTo("MAX_BLOCK_SIZE_EXCEEDED");
    put(path, "x").ok();
    assertThat(api.get(DBFS + "read?length=1048577&path=" + path).errorCode())
        .isEqualTo("MAX_READ_SIZE_EXCEEDED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/../../etc/passwd",
        "/a/../../logs",
        "/a/..",
        "/./a",
        "//a",
        "/a//b",
        "/a/\0",
        "/a\nb",
        "/a\\..\\b",
        "a/b",
        "",
        "dbfs:a",
        "/.upload-1"
      })
  void aPathThatLeadsOutIsRefusedEverywhere(String path) {
    for (String question : new String[] {"list", "get-status", "read"}) {
      assertInvalid(api.get(DBFS + question + "?path=" + encoded(path)));
    }
    assertInvalid(put(path, "x"));
    for (String command : new String[] {"create", "mkdirs", "delete"}) {
      assertInvalid(api.post(DBFS + command, Map.of("path", path)));
    }
    assertInvalid(move(path, folder + "/x"));
    assertInvalid(move(folder, path));
  }

  private static void assertInvalid(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(answer.message()).contains("path");
  }

  static Stream<String> badBodies() {
    return Stream.of(
        "put {\"path\":\"/x\"}",
        "put {\"path\":\"/x\",\"contents\":\"no base64!\"}",
        "put {\"path\":\"/x\",\"contents\":5}",
        "put {\"path\":\"/x\",\"contents\":\"eA==\",\"overwrite\":\"perhaps\"}",
        "add-block {\"handle\":1.5,\"data\":\"\"}",
        "add-block {\"data\":\"\"}",
        "close {}",
        "move {\"source_path\":\"/a\"}");
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void aFieldThatIsNotAsItMustBeIsNamed(String request) {
    int space = request.indexOf(' ');
    Answer answer = api.post(DBFS + request.substring(0, space), request.substring(space + 1));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 5, Long.MAX_VALUE})
  void aHandleThatIsNoneIsNotThere(long handle) {
    assertThat(close(handle).errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
  }

  // ---- what is asked

  @Test
  void aWholeFileIsBroughtAndFetchedAtItsPath() {
    byte[] large = new byte[12 * MB + 1];
    Arrays.fill(large, (byte) 'z');
    String path = folder + "/project.tar.gz";
    assertThat(api.send("POST", "/dbfs" + path, BodyPublishers.ofByteArray(large)).ok()).isEmpty();
    assertThat(status(path).ok().path("file_size").asInt()).isEqualTo(large.length);
    assertThat(api.get("/dbfs" + path).text()).hasSize(large.length);

    Answer again = api.send("POST", "/dbfs" + path, BodyPublishers.ofString("other"));
    assertThat(again.status()).as(again.text()).isEqualTo(409);
    assertThat(again.errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS");
    assertThat(status(path).ok().path("file_size").asInt()).isEqualTo(large.length);
    assertThat(api.get("/dbfs" + folder + "/nothing").errorCode())
        .isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(api.get("/dbfs" + folder).status()).isEqualTo(400);
    assertThat(api.send("POST", "/dbfs/../x", BodyPublishers.ofString("x")).status())
        .isIn(400, 404);
  }

  private Answer put(String path, String text) {
    return api.post(DBFS + "put", Map.of("path", path, "contents", base64(text)));
  }

  private JsonNode read(String path) {
    return api.get(DBFS + "read?path=" + encoded(path)).ok();
  }

  private Answer status(String path) {
    return api.get(DBFS + "get-status?path=" + encoded(path));
  }

  private long open(String path, boolean overwrite) {
    return api.post(DBFS + "create", Map.of("path", path, "overwrite", overwrite))
        .ok()
        .path("handle")
        .asLong();
  }

  private Answer add(long handle, byte[] block) {
    String data = Base64.getEncoder().encodeToString(block);
    return api.post(DBFS + "add-block", Map.of("handle", handle, "data", data));
  }

  private Answer close(long handle) {
    return api.post(DBFS + "close", Map.of("handle", handle));
  }

  private Answer move(String from, String to) {
    return api.post(DBFS + "move", Map.of("source_path", from, "destination_path", to));
  }

  private Answer delete(String path, boolean recursive) {
    return api.post(DBFS + "delete", Map.of("path", path, "recursive", recursive));
  }

  private static String decoded(JsonNode piece) {
    return new String(Base64.getDecoder().decode(piece.path("data").asText()), UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, UTF_8);
  }
}
