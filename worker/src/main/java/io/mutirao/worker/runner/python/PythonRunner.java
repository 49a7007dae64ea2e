package io.mutirao.worker.runner.python;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.MavenRepositories.Provided;
import io.mutirao.worker.library.NotInstalled;
import io.mutirao.worker.runner.spark.Spark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Python script.
 *
 * @param localFiles whether files of this machine may be run at all
 * @param spark for scripts that want it; null: there is none here
 */
public record PythonRunner(
    Path python, boolean localFiles, Libraries libraries, @Nullable Spark spark)
    implements Runner<PythonRunner.Spec> {

  /** Without Spark, and without settings of the machine for libraries. */
  public PythonRunner(boolean localFiles) {
    this(
        Path.of("/usr/bin/python3"),
        localFiles,
        new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(localFiles)),
        null);
  }

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
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    if ("GIT".equals(spec.source())) {
      return new Plan.Rejected("this worker runs no files of repositories", Plan.Why.INVALID);
    }
    return switch (ScriptFile.find(spec.file(), attempt, localFiles)) {
      case ScriptFile.Refused(var rejected) -> rejected;
      case ScriptFile.Found(Path file) -> withLibraries(file, spec.parameters(), attempt);
    };
  }

  private Plan withLibraries(
      Path script, @Nullable List<@Nullable String> parameters, Attempt attempt)
      throws IOException, InterruptedException {
    try {
      Libraries.Ready ready = libraries.prepare(attempt, python, Provided.SPARK);
      return script(script, parameters) instanceof Plan.Script plan
          ? ready(plan, ready, attempt)
          : new Plan.Rejected("a parameter is null or holds the character NUL", Plan.Why.INVALID);
    } catch (NotInstalled e) {
      return e.rejection();
    }
  }

  private Plan ready(Plan.Script plan, Libraries.Ready ready, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    if (spark != null && spark.isFor(attempt)) {
      return spark.python(plan.file(), plan.arguments(), ready, attempt);
    }
    return ready.script(plan.file(), plan.arguments(), python);
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
