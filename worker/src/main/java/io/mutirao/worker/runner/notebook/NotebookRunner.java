package io.mutirao.worker.runner.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.ObjectPath;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.runner.Runner;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.MavenRepositories.Provided;
import io.mutirao.worker.library.NotInstalled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a notebook of the workspace.
 *
 * @param python the interpreters to choose from
 * @param libraries what the kernel is to find besides
 */
public record NotebookRunner(NotebookPython python, Libraries libraries)
    implements Runner<NotebookRunner.Spec> {

  /**
   * One notebook.
   *
   * @param path absolute, in the workspace
   * @param parameters what its widgets show
   * @param source {@code GIT}: it stands in a repository
   */
  public record Spec(
      @Nullable String path,
      @Nullable Map<String, @Nullable String> parameters,
      @Nullable String source) {}

  /** How much of what a notebook exits with is given back (Jobs API 2.0, NotebookOutput). */
  private static final int LONGEST_VALUE = 1024 * 1024;

  private static final String FOLDER = ".mutirao";
  private static final List<String> SCRIPTS =
      List.of("driver.py", "workspace.py", "databricks_utilities.py");

  @Override
  public String kind() {
    return "notebook";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    return plan(spec, null, attempt);
  }

  /**
   * As {@link #plan(Spec, Attempt)}.
   *
   * @param given language and format, as of {@link io.mutirao.runner.Workbench#kindOf}; null: as it
   *     is known
   */
  public Plan plan(Spec spec, @Nullable String given, Attempt attempt)
      throws IOException, InterruptedException {
    String path = spec.path();
    if (path == null || "GIT".equals(spec.source()) || !path.startsWith("/")) {
      return new Plan.Rejected(
          "this worker runs notebooks of the workspace, by an absolute path, not " + path,
          Plan.Why.INVALID);
    }
    Optional<Path> interpreter = python.find();
    if (interpreter.isEmpty()) {
      return new Plan.Rejected(
          "this worker runs no notebooks: nbclient and ipykernel are missing in "
              + python.tried()
              + ". Install Debian's python3-nbclient and python3-ipykernel, or set"
              + " MUTIRAO_WORKER_NOTEBOOK_PYTHON to an interpreter that has them");
    }
    String below = path.replaceFirst("^/Workspace/", "/").replaceFirst("^/+", "");
    String wrong = ObjectPath.wrongWith("workspace/" + below);
    if (wrong != null) {
      return new Plan.Rejected(path + " is not a path: " + wrong, Plan.Why.INVALID);
    }
    Path folder = Files.createDirectories(attempt.folder().resolve(FOLDER));
    if (!attempt.bench().fetch("workspace/" + below, folder.resolve("notebook"))) {
      return new Plan.Rejected("the notebook " + path + " does not exist", Plan.Why.NOT_FOUND);
    }
    String kind = given == null ? attempt.bench().kindOf("workspace/" + below) : given;
    String language = kind.split(" ", -1)[0];
    if (language.equals("SCALA") || language.equals("R")) {
      return new Plan.Rejected(
          path + " is a notebook in " + language + "; this worker runs Python and SQL",
          Plan.Why.INVALID);
    }
    Libraries.Ready ready;
    try {
      ready = libraries.prepare(attempt, interpreter.get(), Provided.NOTHING);
    } catch (NotInstalled e) {
      return e.rejection();
    }
    write(spec, attempt, folder, "/" + below, kind);
    Map<String, String> environment = new HashMap<>(ready.environment());
    environment.putAll(environment(attempt, folder));
    return new Plan.Command(
        List.of(
            ready.python().toString(),
            "-u",
            folder.resolve("driver.py").toString(),
            folder.toString()),
        environment);
  }

  private static void write(Spec spec, Attempt attempt, Path folder, String path, String kind)
      throws IOException, InterruptedException {
    for (String script : SCRIPTS) {
      try (InputStream source = NotebookRunner.class.getResourceAsStream(script)) {
        if (source == null) {
          throw new IOException(script + " is missing in the jar");
        }
        Files.write(folder.resolve(script), source.readAllBytes());
      }
    }
    String[] words = kind.split(" ", -1);
    ObjectNode order = Codec.JSON.createObjectNode();
    order.put("path", path).put("language", words[0]).put("format", words[1]);
    ObjectNode parameters = order.putObject("parameters");
    if (spec.parameters() != null) {
      spec.parameters().forEach((name, value) -> parameters.put(name, value == null ? "" : value));
    }
    order.set("told", attempt.bench().told());
    Files.write(folder.resolve("order.json"), Codec.JSON.writeValueAsBytes(order));
  }

  /** Jupyter keeps its own things in the attempt's folder, and reads nobody's settings. */
  private static Map<String, String> environment(Attempt attempt, Path folder) throws IOException {
    Path jupyter = folder.resolve("jupyter");
    return Map.of(
        "MUTIRAO_DESK", attempt.bench().desk().toString(),
        "MUTIRAO_TASK_VALUES", folder.resolve("values.json").toString(),
        "JUPYTER_RUNTIME_DIR", jupyter.toString(),
        "JUPYTER_CONFIG_DIR", jupyter.toString(),
        "IPYTHONDIR", jupyter.toString(),
        "PYDEVD_DISABLE_FILE_VALIDATION", "1",
        "PYTHONIOENCODING", "utf-8");
  }

  @Override
  public Results results(Spec spec, Attempt attempt) throws IOException {
    Path folder = attempt.folder().resolve(FOLDER);
    // The task may have put anything there: what leads elsewhere is not followed.
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return Results.NONE;
    }
    Path view = folder.resolve("view.html");
    if (Files.isRegularFile(view, NOFOLLOW_LINKS)) {
      String page = Files.readString(view);
      String shown = NotebookPage.masked(page, attempt.bench()::masked);
      if (!shown.equals(page)) {
        Files.writeString(view, shown);
      }
    }
    return new Results(
        value(folder.resolve("exit")),
        values(folder.resolve("values.json")),
        Files.isRegularFile(view, NOFOLLOW_LINKS) ? view : null,
        null);
  }

  private static @Nullable ObjectNode value(Path file) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    boolean truncated = bytes.length > LONGEST_VALUE;
    byte[] kept = truncated ? Arrays.copyOf(bytes, whole(bytes, LONGEST_VALUE)) : bytes;
    return Codec.JSON
        .createObjectNode()
        .put("value", new String(kept, UTF_8))
        .put("truncated", truncated);
  }

  /** Where a text may be cut at most: not within a character. */
  private static int whole(byte[] text, int most) {
    int end = most;
    while (end > 0 && (text[end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  private static Map<String, JsonNode> values(Path file) throws IOException {
    Map<String, JsonNode> values = new HashMap<>();
    if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      Codec.JSON
          .readValue(file.toFile(), ObjectNode.class)
          .properties()
          .forEach(value -> values.put(value.getKey(), value.getValue()));
    }
    return values;
  }
}
