package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is installed before a task runs. */
final class Libraries {

  /** A kind of library, and the field that it cannot do without; none for a plain URI. */
  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "jar", "",
              "egg", "",
              "whl", "",
              "requirements", "",
              "pypi", "package",
              "maven", "coordinates",
              "cran", "package"));

  static void check(Fields task, TaskSpec what) throws Rejected {
    List<Fields> libraries = task.objects("libraries");
    if (!libraries.isEmpty() && what.kind().equals(TaskField.SUBMIT.kind)) {
      throw Rejected.field(
          task.at("libraries"), "not supported with spark_submit_task, use --jars and --py-files");
    }
    for (Fields library : libraries) {
      check(library);
    }
  }

  private static void check(Fields library) throws Rejected {
    List<String> kinds = KINDS.keySet().stream().filter(library::has).toList();
    if (kinds.size() != 1) {
      throw Rejected.field(
          library.at("*"), "exactly one of jar, egg, whl, pypi, maven, cran is expected");
    }
    String kind = kinds.getFirst();
    String needed = KINDS.getOrDefault(kind, "");
    Fields inner = needed.isEmpty() ? null : library.object(kind);
    if (inner == null) {
      String place = library.text(kind);
      if (kind.equals("whl") && place.endsWith(".zip") && !place.endsWith(".wheelhouse.zip")) {
        throw library.wrong(
            kind, "a wheel, or wheels in a file whose name ends with .wheelhouse.zip");
      }
    } else {
      inner.text(needed);
      inner.optionalText("repo");
      inner.texts("exclusions");
    }
  }

  private Libraries() {}
}
