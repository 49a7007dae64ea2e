package io.mutirao.worker.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One library, as a job names it (Jobs API 2.0, Library). */
sealed interface Library {

  record Jar(String file) implements Library {}

  /**
   * A jar of a Maven repository, with all that it needs.
   *
   * @param exclusions {@code group:artifact}, of which either may be a star
   */
  record Maven(String coordinates, @Nullable String repository, List<String> exclusions)
      implements Library {}

  record Wheel(String file) implements Library {}

  record Egg(String file) implements Library {}

  /** A file of requirements, as pip reads it. */
  record Requirements(String file) implements Library {}

  /**
   * A requirement of pip.
   *
   * @param index null: the one that the machine is configured for
   */
  record Pypi(String requirement, @Nullable String index) implements Library {}

  record Cran(String name, @Nullable String repository) implements Library {}

  /** Those of a task: its libraries, and the dependencies of its environment. */
  static List<Library> of(ObjectNode setup) {
    List<Library> all = new ArrayList<>();
    for (JsonNode library : setup.path("libraries")) {
      all.add(one(library));
    }
    for (JsonNode dependency : setup.path("environment").path("dependencies")) {
      all.add(dependency(dependency.asText().strip()));
    }
    return all;
  }

  private static Library one(JsonNode library) {
    if (library.hasNonNull("jar")) {
      return new Jar(library.path("jar").asText());
    }
    if (library.hasNonNull("whl")) {
      return new Wheel(library.path("whl").asText());
    }
    if (library.hasNonNull("egg")) {
      return new Egg(library.path("egg").asText());
    }
    if (library.hasNonNull("requirements")) {
      return new Requirements(library.path("requirements").asText());
    }
    if (library.hasNonNull("pypi")) {
      JsonNode pypi = library.path("pypi");
      return new Pypi(unquoted(pypi.path("package").asText().strip()), text(pypi, "repo"));
    }
    if (library.hasNonNull("cran")) {
      JsonNode cran = library.path("cran");
      return new Cran(cran.path("package").asText(), text(cran, "repo"));
    }
    JsonNode maven = library.path("maven");
    List<String> exclusions = new ArrayList<>();
    maven.path("exclusions").forEach(exclusion -> exclusions.add(exclusion.asText()));
    return new Maven(maven.path("coordinates").asText(), text(maven, "repo"), exclusions);
  }

  /** A line as of a file of requirements, or the path of a wheel. */
  private static Library dependency(String line) {
    if (line.startsWith("-r ")) {
      return new Requirements(line.substring(3).strip());
    }
    return line.startsWith("/") || line.startsWith("dbfs:") || line.startsWith("file:")
        ? new Wheel(line)
        : new Pypi(line, null);
  }

  /** Without quotes around all of it: some write it as for a shell (mlflow {@code 'mlflow<=3'}). */
  private static String unquoted(String requirement) {
    int last = requirement.length() - 1;
    return last > 1 && requirement.charAt(0) == '\'' && requirement.charAt(last) == '\''
        ? requirement.substring(1, last)
        : requirement;
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.path(name).asText() : null;
  }
}
