package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notebooks, files and folders of the workspace. */
@OnJourneyStack
class WorkspaceIT {

  private static final String WORKSPACE = "/api/2.0/workspace/";
  private static final String IMPORT_FILE = "/api/2.0/workspace-files/import-file/";
  private static final String SOURCE = "# Databricks notebook source\nprint(1)\n";

  private final Api api;
  private final String folder = "/Shared/" + UUID.randomUUID();

  private final Path stored;

  WorkspaceIT(Mutirao mutirao) {
    api = Api.administrator(mutirao);
    stored = mutirao.dataFolder().resolve("objects/workspace" + folder);
  }

  @BeforeEach
  void makeFolder() {
    api.post(WORKSPACE + "mkdirs", Map.of("path", folder)).ok();
  }

  @Test
  void aNotebookIsImportedShownExportedAndDeleted() {
    importAs(folder + "/nb", "SOURCE", "print(1)\n", Map.of("language", "PYTHON")).ok();
    JsonNode status = status(folder + "/nb").ok();
    assertThat(status.path("object_type").asText()).isEqualTo("NOTEBOOK");
    assertThat(status.path("language").asText()).isEqualTo("PYTHON");
    assertThat(status.path("path").asText()).isEqualTo(folder + "/nb");
    long id = status.path("object_id").asLong();
    assertThat(id).isPositive();

    JsonNode listed = api.get(WORKSPACE + "list?path=" + folder).ok().path("objects");
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0).path("object_id").asLong()).isEqualTo(id);

    assertThat(export(folder + "/nb", "SOURCE")).isEqualTo(SOURCE);
    Answer direct =
        api.get(WORKSPACE + "export?format=SOURCE&direct_download=true&path=" + folder + "/nb");
    assertThat(direct.text()).isEqualTo(SOURCE);
    assertThat(direct.contentType()).isEqualTo("application/octet-stream");

    delete(folder + "/nb", false).ok();
    assertThat(status(folder + "/nb").errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(delete(folder + "/nb", false).status()).isEqualTo(404);
  }

  @Test
  void aNotebookIsTheSameInEveryFormat() {
    String source =
        """
        -- Databricks notebook source
        -- MAGIC %md
        -- MAGIC # Title

        -- COMMAND ----------

        select 1
        """;
    importAs(folder + "/sql", "SOURCE", source, Map.of("language", "SQL")).ok();
    for (String format : new String[] {"JUPYTER", "HTML"}) {
      String copy = folder + "/copy of " + format;
      importAs(copy, format, export(folder + "/sql", format), Map.of()).ok();
      assertThat(status(copy).ok().path("language").asText()).isEqualTo("SQL");
      assertThat(export(copy, "SOURCE")).isEqualTo(source);
    }
  }

  @Test
  void automaticallyNotebooksLoseTheirEndingAndFilesAreKept() {
    importAs(folder + "/a.py", "AUTO", SOURCE, Map.of()).ok();
    importAs(folder + "/b.py", "AUTO", "import os\n", Map.of()).ok();
    importAs(folder + "/c.ipynb", "AUTO", "{\"cells\":[]}", Map.of()).ok();
    assertThat(status(folder + "/a").ok().path("object_type").asText()).isEqualTo("NOTEBOOK");
    assertThat(status(folder + "/c").ok().path("object_type").asText()).isEqualTo("NOTEBOOK");
    JsonNode file = status(folder + "/b.py").ok();
    assertThat(file.path("object_type").asText()).isEqualTo("FILE");
    assertThat(file.path("size").asInt()).isEqualTo(10);
    assertThat(file.has("language")).isFalse();
    assertThat(export(folder + "/b.py", "SOURCE")).isEqualTo("import os\n");
  }

  @Test
  void bundlesSendFilesAsTheyAre() {
    String file = folder.substring(1) + "/sub dir/x.whl";
    Answer noParent = importFile(encoded(file), "bytes");
    assertThat(noParent.status()).isEqualTo(404);
    assertThat(noParent.errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    api.post(WORKSPACE + "mkdirs", Map.of("path", "/Workspace" + folder + "/sub dir")).ok();
    importFile(encoded(file) + "?overwrite=false", "bytes").ok();
    Answer again = importFile(encoded("Workspace/" + file) + "?overwrite=false", "more bytes");
    assertThat(again.status()).isEqualTo(409);
    importFile(encoded("Workspace/" + file) + "?overwrite=true", "more bytes").ok();
    assertThat(export("/" + file, "AUTO")).isEqualTo("more bytes");
    JsonNode status = status("/Workspace/" + file).ok();
    assertThat(status.path("path").asText()).isEqualTo("/Workspace/" + file);
    assertThat(status.path("object_id")).isEqualTo(status("/" + file).ok().path("object_id"));
  }

  @Test
  void aFileMayBeLargerThanARequestAndANotebookMayNot() throws IOException {
    byte[] large = new byte[40 << 20];
    new Random(7).nextBytes(large);
    Answer done =
        api.send(
            "POST",
            IMPORT_FILE + folder.substring(1) + "/large.whl",
            BodyPublishers.ofByteArray(large));
    assertThat(done.ok()).isEmpty();
    assertThat(status(folder + "/large.whl").ok().path("size").asInt()).isEqualTo(large.length);
    assertThat(large).isEqualTo(Files.readAllBytes(stored.resolve("large.whl")));

    Answer tooLarge = api.get(WORKSPACE + "export?format=AUTO&path=" + folder + "/large.whl");
    assertThat(tooLarge.errorCode()).isEqualTo("MAX_NOTEBOOK_SIZE_EXCEEDED");
    Answer notebook =
        api.send(
            "POST",
            IMPORT_FILE + folder.substring(1) + "/large.ipynb",
            BodyPublishers.ofByteArray(large));
    assertThat(notebook.status()).isEqualTo(413);
    assertThat(notebook.errorCode()).isEqualTo("MAX_REQUEST_SIZE_EXCEEDED");
    assertThat(status(folder + "/large.ipynb").status()).isEqualTo(404);
  }

  @Test
  void aFormImportsAFileLargerThanARequestAndADownloadGivesItBack() {
    String part = "--xyz\r\nContent-Disposition: form-data; name=";
    String large = "z".repeat(12 << 20) + "end";
    String body =
        part
            + "\"path\"\r\n\r\n"
            + folder
            + "/large.csv\r\n"
            + part
            + "\"format\"\r\n\r\nAUTO\r\n"
            + part
            + "\"content\"; filename=\"large.csv\"\r\n\r\n"
            + large
            + "\r\n--xyz--\r\n";
    Answer done =
        Jobs.send(
            api.request(WORKSPACE + "import")
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(BodyPublishers.ofString(body))
                .build());
    assertThat(done.ok()).isEmpty();

    Answer direct =
        api.get(WORKSPACE + "export?direct_download=true&path=" + folder + "/large.csv");
    assertThat(direct.status()).isEqualTo(200);
    assertThat(direct.text().equals(large)).isTrue();
  }

  @Test
  void ofAnImportThatIsBrokenOffNothingStays() throws IOException {
    URI url = URI.create(api.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String head =
          "POST "
              + IMPORT_FILE
              + folder.substring(1)
              + "/broken HTTP/1.1\r\nHost: x\r\n"
              + "Authorization: Bearer "
              + api.token()
              + "\r\nContent-Length: 30000000\r\n\r\n";
      socket.getOutputStream().write((head + "x".repeat(20_000_000)).getBytes(UTF_8));
      await().until(() -> files(stored).size() == 1);
    }
    await().until(() -> files(stored).isEmpty());
    assertThat(status(folder + "/broken").status()).isEqualTo(404);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void nothingIsReplacedUntold() {
    importAs(folder + "/nb", "SOURCE", SOURCE, Map.of("language", "PYTHON")).ok();
    Answer again = importAs(folder + "/nb", "SOURCE", "x", Map.of("language", "SQL"));
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS");
    assertThat(again.message()).contains("Path (" + folder + "/nb) already exists.");
    assertThat(status(folder + "/nb").ok().path("language").asText()).isEqualTo("PYTHON");
    importAs(folder + "/nb", "RAW", "x", Map.of("overwrite", true)).ok();
    assertThat(status(folder + "/nb").ok().path("object_type").asText()).isEqualTo("FILE");
    Answer folderThere = importAs(folder, "RAW", "x", Map.of("overwrite", true));
    assertThat(folderThere.errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS");
  }

  @Test
  void foldersAreDeletedWholeOnlyWhenToldTo() {
    importAs(folder + "/nb", "SOURCE", SOURCE, Map.of("language", "PYTHON")).ok();
    assertThat(delete(folder, false).errorCode()).isEqualTo("DIRECTORY_NOT_EMPTY");
    delete(folder, true).ok();
    assertThat(status(folder).status()).isEqualTo(404);
    for (String path : new String[] {"/", "/Users", "/Shared", "/Users/admin", "/Workspace"}) {
      assertThat(delete(path, true).errorCode()).isEqualTo("DIRECTORY_PROTECTED");
    }
    makeFolder();
    importAs(folder + "/nb", "RAW", "x", Map.of()).ok();
    assertThat(status(folder + "/nb").ok().path("object_type").asText()).isEqualTo("FILE");
  }

  @Test
  void aUsersFolderIsHisOwn() {
    String name = Api.name("maria");
    Api maria = api.asNewUser(name);
    String path = "/Users/" + name + "/mine";
    assertThat(maria.get(WORKSPACE + "get-status?path=/Users/" + encoded(name)).status())
        .isEqualTo(200);
    maria.post(WORKSPACE + "mkdirs", Map.of("path", path)).ok();
    Api pedro = api.asNewUser(Api.name("pedro"));
    for (String asked : new String[] {path, "/Workspace" + path}) {
      Answer denied = pedro.get(WORKSPACE + "get-status?path=" + encoded(asked));
      assertThat(denied.status()).isEqualTo(403);
      assertThat(denied.errorCode()).isEqualTo("PERMISSION_DENIED");
    }
    assertThat(pedro.post(WORKSPACE + "delete", Map.of("path", path)).status()).isEqualTo(403);
    assertThat(pedro.get(WORKSPACE + "list?path=/Users").text()).doesNotContain(name);
    assertThat(api.get(WORKSPACE + "list?path=/Users").text()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/Shared/../../dbfs",
        "/Users/x/../../..",
        "//x",
        "/Workspace//x",
        "/Workspace/..",
        "/a/\0",
        "/a\\b",
        "a",
        ""
      })
  void aPathThatLeadsOutIsRefusedEverywhere(String path) {
    for (String question : new String[] {"list", "get-status", "export"}) {
      assertInvalid(api.get(WORKSPACE + question + "?path=" + encoded(path)));
    }
    for (String command : new String[] {"mkdirs", "delete"}) {
      assertInvalid(api.post(WORKSPACE + command, Map.of("path", path)));
    }
    assertInvalid(importAs(path, "RAW", "x", Map.of()));
  }

  @Test
  void aFileThatLeadsOutOfItsFolderIsRefused() {
    for (String path : new String[] {"..%2F..%2Fx", "Shared%2F..%2F..%2Fx", "a%00b", "a%2F%2Fb"}) {
      assertInvalid(importFile(path, "x"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\":\"SOURCE\",\"content\":\"eA==\"}",
        "{\"format\":\"SOURCE\",\"language\":\"COBOL\",\"content\":\"eA==\"}",
        "{\"format\":\"DBC\",\"content\":\"eA==\"}",
        "{\"format\":\"NONE\",\"content\":\"eA==\"}",
        "{\"format\":\"JUPYTER\",\"content\":\"eA==\"}",
        "{\"format\":\"HTML\",\"content\":\"eA==\"}",
        "{\"format\":\"RAW\"}",
        "{\"format\":\"RAW\",\"content\":\"no base64!\"}"
      })
  void anImportThatCannotBeIsRefused(String fields) {
    String body = "{\"path\":\"" + folder + "/x\"," + fields.substring(1);
    Answer answer = api.post(WORKSPACE + "import", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(status(folder + "/x").status()).isEqualTo(404);
  }

  private static void assertInvalid(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(answer.message()).contains("path");
  }

  private Answer importAs(String path, String format, String text, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("path", path);
    body.put("format", format);
    body.put("content", Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    return api.post(WORKSPACE + "import", body);
  }

  private Answer importFile(String path, String text) {
    return api.send("POST", IMPORT_FILE + path, BodyPublishers.ofString(text));
  }

  private String export(String path, String format) {
    JsonNode exported =
        api.get(WORKSPACE + "export?format=" + format + "&path=" + encoded(path)).ok();
    return new String(Base64.getDecoder().decode(exported.path("content").asText()), UTF_8);
  }

  private Answer status(String path) {
    return api.get(WORKSPACE + "get-status?path=" + encoded(path));
  }

  private Answer delete(String path, boolean recursive) {
    return api.post(WORKSPACE + "delete", Map.of("path", path, "recursive", recursive));
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, UTF_8).replace("+", "%20");
  }
}
