package io.mutirao.worker.runner.spark;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.MavenRepositories.Provided;
import io.mutirao.worker.library.NotInstalled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the main class of a JAR on Spark.
 *
 * @param python of the executors, should the JAR start any
 */
public record JarRunner(Spark spark, Libraries libraries, Path python)
    implements Runner<JarRunner.Spec> {

  /** Where a JAR stands of which only the name is given (Jobs API 2.0, jar_uri). */
  private static final String UPLOADED = "dbfs:/FileStore/jars/";

  /** SparkJarTask. */
  public record Spec(
      @Nullable String main_class_name,
      @Nullable String jar_uri,
      @Nullable List<@Nullable String> parameters) {}

  @Override
  public String kind() {
    return "jar";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    try {
      Libraries.Ready ready = libraries.prepare(attempt, python, Provided.SPARK);
      List<Path> jars = new ArrayList<>(ready.jars());
      String uploaded = spec.jar_uri();
      if (uploaded != null && !uploaded.isEmpty()) {
        String file = uploaded.contains("/") ? uploaded : UPLOADED + uploaded;
        jars.addFirst(libraries.files().bring(file, -1, attempt));
      }
      if (jars.isEmpty()) {
        return new Plan.Rejected(
            "no JAR is among the task's libraries, so there is no class to run", Plan.Why.INVALID);
      }
      return spark.command(application(spec, jars), ready, attempt);
    } catch (NotInstalled e) {
      return e.rejection();
    }
  }

  private static Spark.Application application(Spec spec, List<Path> jars) {
    List<String> options = new ArrayList<>();
    if (spec.main_class_name() != null) {
      options.addAll(List.of("--class", spec.main_class_name()));
    }
    if (jars.size() > 1) {
      options.add("--jars");
      options.add(jars.stream().skip(1).map(Path::toString).collect(Collectors.joining(",")));
    }
    return new Spark.Application(
        options, jars.getFirst().toString(), SubmitParameters.texts(spec.parameters()));
  }
}
