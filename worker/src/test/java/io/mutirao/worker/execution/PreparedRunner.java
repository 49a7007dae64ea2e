package io.mutirao.worker.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.runner.Runner;
import io.mutirao.runner.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs one Python program to prepare, then another; the second leaves a file. */
record PreparedRunner(Path python) implements Runner<PreparedRunner.Spec> {

  record Spec(String before, String then) {}

  @Override
  public String kind() {
    return "prepared";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    attempt.bench().note("preparing " + attempt.setup());
    Workbench.Finished before = attempt.bench().run(python(spec.before()), Map.of());
    return before.code() == 0
        ? new Plan.Command(python(spec.then()))
        : new Plan.Rejected(before.code() + ": " + before.lastLines().strip(), Plan.Why.LIBRARY);
  }

  @Override
  public Results results(Spec spec, Attempt attempt) throws IOException {
    Path left = attempt.folder().resolve("left");
    if (!Files.exists(left)) {
      return Results.NONE;
    }
    String text = Files.readString(left);
    var json = JsonNodeFactory.instance;
    return new Results(
        json.objectNode().put("value", text),
        Map.of("left", json.textNode(text)),
        left,
        text.equals("bad") ? "it left something bad" : null);
  }

  private List<String> python(String code) {
    return List.of(python.toString(), "-u", "-c", code);
  }
}
