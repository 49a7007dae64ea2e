package io.mutirao.worker.runner.python;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Python script.
 *
 * @param localFiles whether files of this machine may be run at all
 */
public record PythonRunner(boolean localFiles) implements Runner<PythonRunner.Spec> {

  /**
   * One script.
   *
   * @param file as {@link ScriptFile} takes it
   * @param source {@code GIT}: the file stands in a repository
   * @param parameters the script's arguments
   */
  public record Spec(
      @Nullable String file,
      @Nullable String source,
      @Nullable List<@Nullable String> parameters) {}

  @Override
  public String kind() {
    return "python";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException {
    if ("GIT".equals(spec.source())) {
      return new Plan.Rejected("this worker runs no files of repositories", Plan.Why.INVALID);
    }
    return switch (ScriptFile.find(spec.file(), attempt, localFiles)) {
      case ScriptFile.Refused(var rejected) -> rejected;
      case ScriptFile.Found(Path file) -> script(file, spec.parameters());
    };
  }

  private static Plan script(Path script, @Nullable List<@Nullable String> parameters) {
    List<String> arguments = new ArrayList<>();
    for (String parameter : parameters == null ? List.<@Nullable String>of() : parameters) {
      if (parameter == null || parameter.indexOf('\0') >= 0) {
        return new Plan.Rejected(
            "a parameter is null or holds the character NUL", Plan.Why.INVALID);
      }
      arguments.add(parameter);
    }
    return new Plan.Script(script, arguments);
  }
}
