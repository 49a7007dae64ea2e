package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Set;

/**
 * Parameters of spark-submit: options, then the application's file, then what is the application's
 * own and may be anything.
 */
final class SubmitOptions {

  /** Set by the service (Jobs API 2.0, SparkSubmitTask): as options, and as properties. */
  private static final Set<String> OURS =
      Set.of(
          "--master",
          "--deploy-mode",
          "--executor-cores",
          "spark.master",
          "spark.submit.deployMode",
          "spark.executor.cores");

  /** Options that stand alone; every other one is followed by its value. */
  private static final Set<String> ALONE =
      Set.of("--help", "-h", "--supervise", "--usage-error", "--verbose", "-v", "--version");

  private static final Set<String> PROPERTY = Set.of("--conf", "-c");

  /** Of a task, or of one run. */
  static void check(Fields in, String name) throws Rejected {
    List<String> given = in.texts(name);
    for (int i = 0; i < given.size() && given.get(i).startsWith("-"); i++) {
      String[] option = given.get(i).split("=", 2);
      boolean property = PROPERTY.contains(option[0]);
      String sets = option[0];
      if (option.length == 2) {
        sets = property ? key(option[1]) : sets;
      } else if (!ALONE.contains(option[0]) && i + 1 < given.size()) {
        i++;
        sets = property ? key(given.get(i)) : sets;
      }
      if (OURS.contains(sets)) {
        throw Rejected.field(in.at(name), sets + " is set by the service and not allowed here");
      }
    }
  }

  private static String key(String property) {
    return property.split("=", 2)[0];
  }

  private SubmitOptions() {}
}
