package io.mutirao.worker.runner.spark;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.NotInstalled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs what spark-submit would be given. */
public record SubmitRunner(Spark spark, LibraryFiles files, Path python)
    implements Runner<SubmitRunner.Spec> {

  /** SparkSubmitTask. */
  public record Spec(@Nullable List<@Nullable String> parameters) {}

  @Override
  public String kind() {
    return "submit";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    SubmitParameters given = SubmitParameters.of(SubmitParameters.texts(spec.parameters()));
    if (given.file() == null) {
      return new Plan.Rejected(
          "the parameters of spark-submit name no JAR and no Python file", Plan.Why.INVALID);
    }
    String misplaced = given.misplaced();
    if (misplaced != null) {
      return new Plan.Rejected(
          misplaced + " is set by the service and not allowed here", Plan.Why.INVALID);
    }
    try {
      SubmitParameters there = given.brought(files, attempt);
      return spark.command(
          new Spark.Application(
              there.options(), Objects.requireNonNull(there.file()), there.parameters()),
          new Libraries.Ready(List.of(), python, Map.of()),
          attempt);
    } catch (NotInstalled e) {
      return e.rejection();
    }
  }
}
