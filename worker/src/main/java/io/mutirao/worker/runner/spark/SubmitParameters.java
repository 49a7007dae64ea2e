package io.mutirao.worker.runner.spark;

import io.mutirao.runner.Attempt;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.NotInstalled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What spark-submit is given: options, then the application's file, then its own parameters.
 *
 * @param file null: there is none
 */
record SubmitParameters(List<String> options, @Nullable String file, List<String> parameters) {

  /** Options that stand alone; every other one is followed by its value. */
  private static final Set<String> ALONE =
      Set.of("--help", "-h", "--supervise", "--usage-error", "--verbose", "-v", "--version");

  /** Options whose values are files, with commas between them. */
  private static final Set<String> FILES =
      Set.of("--jars", "--py-files", "--files", "--archives", "--properties-file");

  /** Set by the service (Jobs API 2.0, SparkSubmitTask): as options, and as properties. */
  private static final Set<String> OURS =
      Set.of(
          "--master",
          "--deploy-mode",
          "--executor-cores",
          "spark.master",
          "spark.submit.deployMode",
          "spark.executor.cores");

  private static final Set<String> PROPERTY = Set.of("--conf", "-c");

  private static final Pattern ASSIGNED = Pattern.compile("(--[^=]+)=(.+)");
  private static final Pattern OURS_TO_BRING = Pattern.compile("(dbfs:|file:|/).*");

  static SubmitParameters of(List<String> given) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String one = given.get(i);
      if (!one.startsWith("-")) {
        return new SubmitParameters(options, one, List.copyOf(given.subList(i + 1, given.size())));
      }
      var assigned = ASSIGNED.matcher(one);
      if (assigned.matches()) {
        options.addAll(List.of(assigned.group(1), assigned.group(2)));
        continue;
      }
      options.add(one);
      if (!ALONE.contains(one) && i + 1 < given.size()) {
        i++;
        options.add(given.get(i));
      }
    }
    return new SubmitParameters(options, null, List.of());
  }

  /** An option or a property that is the service's to set; null: none. */
  @Nullable String misplaced() {
    for (int i = 0; i < options.size(); i++) {
      boolean property = i > 0 && PROPERTY.contains(options.get(i - 1));
      String sets = property ? options.get(i).split("=", 2)[0] : options.get(i);
      if (OURS.contains(sets)) {
        return sets;
      }
    }
    return null;
  }

  /** With the files that it names in the attempt's folder. */
  SubmitParameters brought(LibraryFiles files, Attempt attempt) throws NotInstalled, IOException {
    List<String> there = new ArrayList<>();
    int place = 0;
    for (int i = 0; i < options.size(); i++) {
      boolean named = i > 0 && FILES.contains(options.get(i - 1));
      if (!named) {
        there.add(options.get(i));
        continue;
      }
      List<String> brought = new ArrayList<>();
      for (String one : options.get(i).split(",", -1)) {
        place++;
        brought.add(bring(one, place, files, attempt));
      }
      there.add(String.join(",", brought));
    }
    String application = file == null ? null : bring(file, 0, files, attempt);
    return new SubmitParameters(there, application, parameters);
  }

  /** What stands elsewhere, as {@code s3:/…} or {@code local:/…}, is Spark's to find. */
  private static String bring(String file, int place, LibraryFiles files, Attempt attempt)
      throws NotInstalled, IOException {
    String mounted = file.startsWith("/dbfs/") ? "dbfs:" + file.substring("/dbfs".length()) : file;
    return OURS_TO_BRING.matcher(mounted).matches()
        ? files.bring(mounted, place, attempt).toString()
        : mounted;
  }

  static List<String> texts(@Nullable List<@Nullable String> given) {
    List<String> texts = new ArrayList<>();
    for (String one : given == null ? List.<@Nullable String>of() : given) {
      texts.add(one == null ? "" : one);
    }
    return texts;
  }
}
