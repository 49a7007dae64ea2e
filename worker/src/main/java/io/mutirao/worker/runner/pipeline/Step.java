package io.mutirao.worker.runner.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.runner.Workbench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the things that a pipeline runs.
 *
 * @param path absolute, in the workspace
 */
record Step(Kind kind, String path) {

  enum Kind {
    NOTEBOOK,
    PYTHON,
    SQL,
    /** Neither Python nor SQL by its name. */
    UNKNOWN
  }

  /** In the order of the pipeline; what a folder holds, by name. */
  static List<Step> of(JsonNode libraries, Workbench bench) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (JsonNode library : libraries) {
      if (library.has("notebook")) {
        steps.add(new Step(Kind.NOTEBOOK, library.at("/notebook/path").asText()));
      } else if (library.has("file")) {
        steps.add(file(library.at("/file/path").asText()));
      } else {
        String include = library.at("/glob/include").asText();
        below(plain(include.replaceFirst("/\\*\\*$", "")), bench, steps);
      }
    }
    return steps;
  }

  private static Step file(String path) {
    return new Step(
        path.endsWith(".py") ? Kind.PYTHON : path.endsWith(".sql") ? Kind.SQL : Kind.UNKNOWN, path);
  }

  /** Files with other endings than those of code are no steps. */
  private static void below(String folder, Workbench bench, List<Step> to) throws IOException {
    for (String name : bench.list("workspace" + folder).stream().sorted().toList()) {
      String path = folder + "/" + name;
      if (name.endsWith("/")) {
        below(path.substring(0, path.length() - 1), bench, to);
      } else if (file(name).kind() != Kind.UNKNOWN) {
        to.add(file(path));
      } else if (name.endsWith(".ipynb") || !name.contains(".")) {
        to.add(new Step(Kind.NOTEBOOK, path));
      }
    }
  }

  /** Without {@code /Workspace} before it. */
  static String plain(String path) {
    return path.replaceFirst("^/Workspace/", "/").replaceFirst("^/+", "/");
  }
}
