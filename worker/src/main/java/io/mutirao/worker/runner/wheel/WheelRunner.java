package io.mutirao.worker.runner.wheel;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.MavenRepositories.Provided;
import io.mutirao.worker.library.NotInstalled;
import io.mutirao.worker.runner.spark.Spark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls an entry point of a package that the task's libraries or environment installed. */
public record WheelRunner(Libraries libraries, Spark spark, Path python)
    implements Runner<WheelRunner.Spec> {

  private static final String PROGRAM = "wheel.py";

  /**
   * PythonWheelTask.
   *
   * @param parameters a list, or an object: then they are named
   */
  public record Spec(
      @Nullable String package_name,
      @Nullable String entry_point,
      @Nullable JsonNode parameters,
      @Nullable JsonNode named_parameters) {}

  @Override
  public String kind() {
    return "wheel";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    if (spec.package_name() == null || spec.entry_point() == null) {
      return new Plan.Rejected(
          "a package and an entry point are needed, not %s and %s"
              .formatted(spec.package_name(), spec.entry_point()),
          Plan.Why.INVALID);
    }
    try {
      Libraries.Ready ready = libraries.prepare(attempt, python, Provided.SPARK);
      Path program = attempt.folder().resolve(".libraries").resolve(PROGRAM);
      Files.createDirectories(program.resolveSibling(""));
      try (InputStream source = WheelRunner.class.getResourceAsStream(PROGRAM)) {
        if (source == null) {
          throw new IOException(PROGRAM + " is missing in the jar");
        }
        Files.write(program, source.readAllBytes());
      }
      List<String> arguments = new ArrayList<>();
      arguments.add(spec.package_name());
      arguments.add(spec.entry_point());
      add(spec.named_parameters(), arguments);
      add(spec.parameters(), arguments);
      if (arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
        return new Plan.Rejected("a parameter holds the character NUL", Plan.Why.INVALID);
      }
      if (spark.isFor(attempt)) {
        return spark.python(program, arguments, ready, attempt);
      }
      return ready.script(program, arguments, python);
    } catch (NotInstalled e) {
      return e.rejection();
    }
  }

  private static void add(@Nullable JsonNode parameters, List<String> to) {
    if (parameters == null) {
      return;
    }
    if (parameters.isObject()) {
      parameters
          .properties()
          .forEach(named -> to.add("--" + named.getKey() + "=" + named.getValue().asText()));
    } else {
      parameters.forEach(parameter -> to.add(parameter.asText()));
    }
  }
}
