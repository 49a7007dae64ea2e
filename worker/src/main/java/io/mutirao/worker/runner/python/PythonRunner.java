package io.mutirao.worker.runner.python;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Python script.
 *
 * @param python the interpreter
 * @param localFiles whether files of this machine may be run at all
 */
public record PythonRunner(Path python, boolean localFiles) implements Runner<PythonRunner.Spec> {

  /**
   * One script.
   *
   * @param file {@code file:/absolute/path}, taken literally: {@code %20} is not a space
   * @param parameters the script's arguments
   */
  public record Spec(@Nullable String file, @Nullable List<@Nullable String> parameters) {}

  private static final String LOCAL = "file:";

  /** The file to run, or why not. */
  private sealed interface Script {
    record Found(Path file) implements Script {}

    record Refused(String reason) implements Script {}
  }

  @Override
  public String kind() {
    return "python";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) {
    return switch (script(spec.file())) {
      case Script.Refused(String reason) -> new Plan.Rejected(reason);
      case Script.Found(Path file) -> command(file, spec.parameters());
    };
  }

  private Plan command(Path script, @Nullable List<@Nullable String> parameters) {
    // Unbuffered, so that the output is seen as it comes and an error stands after what was printed
    // before it.
    List<String> argv = new ArrayList<>(List.of(python.toString(), "-u", script.toString()));
    for (String parameter : parameters == null ? List.<@Nullable String>of() : parameters) {
      if (parameter == null || parameter.indexOf('\0') >= 0) {
        return new Plan.Rejected("a parameter is null or holds the character NUL");
      }
      argv.add(parameter);
    }
    return new Plan.Command(argv);
  }

  private Script script(@Nullable String file) {
    if (file == null || !file.startsWith(LOCAL)) {
      return new Script.Refused(
          "this worker runs Python files of the form file:/absolute/path, not " + file);
    }
    if (!localFiles) {
      return new Script.Refused(
          "this worker does not run files of its own machine (%s); MUTIRAO_WORKER_LOCAL_FILES=true allows it"
              .formatted(file));
    }
    String path = file.substring(LOCAL.length());
    if (path.startsWith("///")) {
      path = path.substring(2);
    }
    if (!path.startsWith("/") || path.startsWith("//")) {
      return new Script.Refused(
          "the path of a Python file is absolute, as file:/absolute/path, not " + file);
    }
    try {
      return found(Path.of(path), file);
    } catch (InvalidPathException e) {
      return new Script.Refused(file + " is not a path: " + e.getReason());
    }
  }

  private static Script found(Path path, String file) {
    if (!Files.exists(path)) {
      return new Script.Refused(file + " does not exist on this worker");
    }
    if (!Files.isRegularFile(path)) {
      return new Script.Refused(file + " is not a file");
    }
    if (!Files.isReadable(path)) {
      return new Script.Refused(file + " may not be read by this worker");
    }
    return new Script.Found(path);
  }
}
