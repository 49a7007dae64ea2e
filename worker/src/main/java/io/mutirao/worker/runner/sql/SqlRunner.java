package io.mutirao.worker.runner.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.runner.Runner;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.NotInstalled;
import io.mutirao.worker.runner.sql.Warehouses.Warehouse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a file or a query on a warehouse and gives the rows of the last one as its output.
 *
 * @param kept how many bytes of what a task prints are kept
 */
public record SqlRunner(Warehouses warehouses, LibraryFiles files, int kept)
    implements Runner<SqlRunner.Spec> {

  /**
   * SqlTask.
   *
   * @param query {@code query_id}: the path of a file that holds it, for queries are saved nowhere
   *     else here; or {@code query_text}, the query itself
   * @param file {@code path}
   */
  public record Spec(
      @Nullable String warehouse_id,
      @Nullable Map<String, @Nullable String> query,
      @Nullable Map<String, @Nullable String> file,
      @Nullable Map<String, @Nullable String> parameters) {}

  @Override
  public String kind() {
    return "sql";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException {
    String id = String.valueOf(spec.warehouse_id());
    Optional<Warehouse> warehouse = warehouses.find(id);
    if (warehouse.isEmpty()) {
      return new Plan.Rejected(
          "this worker knows no warehouse %s; %sURL names one"
              .formatted(id, Warehouses.variable(id)),
          Plan.Why.INVALID);
    }
    String text;
    try {
      text = text(spec, attempt);
    } catch (NotInstalled e) {
      return new Plan.Rejected(String.valueOf(e.getMessage()), Plan.Why.NOT_FOUND);
    }
    if (text == null) {
      return new Plan.Rejected(
          "dashboards and alerts are not run here; a file or a query is", Plan.Why.INVALID);
    }
    write(warehouse.get(), text, spec, attempt.folder().resolve(SqlOrder.FILE));
    Path java = Path.of(System.getProperty("java.home"));
    String classPath = System.getProperty("java.class.path");
    return new Plan.Command(
        List.of(
            java.resolve("bin/java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp",
            classPath,
            SqlProgram.class.getName()),
        Map.of(),
        given(java, classPath));
  }

  /** The JDK and our own jars, wherever they are. */
  private static List<Path> given(Path java, String classPath) {
    List<Path> given = new ArrayList<>();
    given.add(java);
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      Path folder = Files.isDirectory(path) ? path : path.resolveSibling("");
      if (!given.contains(folder)) {
        given.add(folder); // the runner's jar names those in lib beside it
      }
    }
    return given;
  }

  /** Null when it is neither a file nor a query. */
  private @Nullable String text(Spec spec, Attempt attempt) throws NotInstalled, IOException {
    Map<String, @Nullable String> query = spec.query() == null ? Map.of() : spec.query();
    String itself = query.get("query_text");
    if (itself != null) {
      return itself;
    }
    String path = spec.file() == null ? query.get("query_id") : spec.file().get("path");
    return path == null ? null : Files.readString(files.bring(path, 0, attempt));
  }

  private void write(Warehouse warehouse, String text, Spec spec, Path file) throws IOException {
    ObjectNode parameters = Codec.JSON.createObjectNode();
    if (spec.parameters() != null) {
      spec.parameters().forEach((name, value) -> parameters.put(name, value == null ? "" : value));
    }
    ObjectNode order =
        Codec.JSON
            .createObjectNode()
            .put("url", warehouse.url())
            .put("user", warehouse.user())
            .put("password", warehouse.password())
            .put("text", text)
            .put("kept", kept);
    order.set("parameters", parameters);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, order.toString());
  }

  @Override
  public Results results(Spec spec, Attempt attempt) throws IOException {
    Path result = attempt.folder().resolve(SqlOrder.RESULT);
    return Files.exists(result)
        ? Results.of(Codec.JSON.readValue(Files.readAllBytes(result), ObjectNode.class))
        : Results.NONE;
  }
}
