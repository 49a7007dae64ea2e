package io.mutirao.worker.library;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Workbench;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes ready what a task's libraries and its environment say. */
public final class Libraries {

  private static final String JAVA = "JAVA_HOME";

  private final PythonEnvironments environments = new PythonEnvironments();
  private final MavenRepositories maven;
  private final LibraryFiles files;

  /**
   * What is there now.
   *
   * @param jars for a class path, in order
   * @param python the interpreter that sees the Python packages
   * @param environment variables that programs need to see the rest
   */
  public record Ready(List<Path> jars, Path python, Map<String, String> environment) {
    public Ready {
      jars = List.copyOf(jars);
      environment = Map.copyOf(environment);
    }

    /**
     * A Python script that sees all this. An interpreter that waits may run it, unless there are
     * variables that may have been heeded when it was started.
     *
     * @param own the worker's interpreter
     */
    public Plan script(Path file, List<String> arguments, Path own) {
      var script =
          new Plan.Script(file, arguments, python.equals(own) ? null : python, environment);
      if (Set.of(JAVA).containsAll(environment.keySet())) {
        return script;
      }
      return script.command(own);
    }
  }

  public Libraries(MavenRepositories maven, LibraryFiles files) {
    this.maven = maven;
    this.files = files;
  }

  public LibraryFiles files() {
    return files;
  }

  /**
   * Installs what is missing.
   *
   * @param python the interpreter on which environments are made
   * @param provided of jars, what is on the class path anyway
   */
  public Ready prepare(Attempt attempt, Path python, MavenRepositories.Provided provided)
      throws NotInstalled, IOException, InterruptedException {
    List<Library> wanted = Library.of(attempt.setup());
    Map<String, String> environment = new HashMap<>(Variables.of(attempt.setup().path("cluster")));
    if (wanted.isEmpty()) {
      return new Ready(List.of(), python, environment);
    }
    Set<Path> jars = new LinkedHashSet<>();
    List<Library.Maven> ofMaven = new ArrayList<>();
    List<Requirement> requirements = new ArrayList<>();
    List<String> eggs = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      switch (wanted.get(i)) {
        case Library.Jar(String file) -> jars.add(files.bring(file, i, attempt));
        case Library.Maven library -> ofMaven.add(library);
        case Library.Wheel(String file) ->
            requirements.add(Requirement.wheel(files.bring(file, i, attempt)));
        case Library.Requirements(String file) ->
            requirements.add(Requirement.list(files.bring(file, i, attempt)));
        case Library.Pypi library -> requirements.add(Requirement.of(library));
        case Library.Egg(String file) -> eggs.add(files.bring(file, i, attempt).toString());
        case Library.Cran library -> installR(library, attempt);
      }
    }
    if (!ofMaven.isEmpty()) {
      jars.addAll(maven.resolve(ofMaven, provided, attempt.bench()));
    }
    if (!eggs.isEmpty()) {
      String before = environment.get("PYTHONPATH");
      environment.put(
          "PYTHONPATH",
          String.join(File.pathSeparator, eggs)
              + (before == null ? "" : File.pathSeparator + before));
    }
    if (wanted.stream().anyMatch(library -> library instanceof Library.Cran)) {
      environment.put("R_LIBS_USER", rLibrary(attempt).toString());
    }
    if (!requirements.isEmpty()) {
      environment.putIfAbsent(JAVA, System.getProperty("java.home")); // pyspark looks there
    }
    return new Ready(
        List.copyOf(jars), environments.ready(python, requirements, attempt), environment);
  }

  private static Path rLibrary(Attempt attempt) {
    return attempt.folder().resolve(".libraries/R");
  }

  private static void installR(Library.Cran library, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    Path rscript =
        onPath("Rscript")
            .orElseThrow(() ->
                new NotInstalled(
                    "cran %s: R is not installed on this worker".formatted(library.name())));
    String repository =
        library.repository() == null ? "https://cloud.r-project.org" : library.repository();
    Files.createDirectories(rLibrary(attempt));
    // Given as arguments, not as a program: a name is a name, whatever stands in it.
    String program =
        "a <- commandArgs(TRUE); install.packages(a[1], repos=a[2], lib=a[3]);"
            + " if (!(a[1] %in% installed.packages(lib.loc=a[3]))) quit(status=1)";
    Workbench.Finished finished =
        attempt
            .bench()
            .run(
                List.of(
                    rscript.toString(),
                    "-e",
                    program,
                    library.name(),
                    repository,
                    rLibrary(attempt).toString()),
                Map.of());
    if (finished.code() != 0) {
      throw NotInstalled.saying("cran " + library.name(), finished.lastLines());
    }
  }

  private static Optional<Path> onPath(String program) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
      Path found = Path.of(folder, program);
      if (Files.isExecutable(found)) {
        return Optional.of(found.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
