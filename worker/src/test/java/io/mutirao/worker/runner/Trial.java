package io.mutirao.worker.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An attempt outside a worker: what a runner planned is run as it is. */
public final class Trial {

  public final StoredBench bench;
  public final Attempt attempt;

  /**
   * @param setup in JSON, with single quotes for double ones
   */
  public Trial(Path folder, String setup) throws IOException {
    this(new StoredBench(folder), Files.createTempDirectory(folder, "attempt"), setup);
  }

  private Trial(StoredBench bench, Path folder, String setup) throws JsonProcessingException {
    this.bench = bench;
    attempt = new Attempt(1, 2, 3, "main", folder, json(setup), bench);
  }

  public static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) Codec.JSON.readTree(text.replace('\'', '"'));
  }

  /** What a program printed, and how it ended. */
  public record Printed(String text, int code) {}

  public Printed run(Plan plan) throws IOException, InterruptedException {
    Plan.Command command =
        switch (plan) {
          case Plan.Command its -> its;
          case Plan.Script script -> script.command(Path.of("/usr/bin/python3"));
          case Plan.Done _, Plan.Rejected _ ->
              throw new AssertionError("expected a program, not " + plan);
        };
    ProcessBuilder builder =
        new ProcessBuilder(command.argv())
            .directory(attempt.folder().toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    environment.putAll(command.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Printed(text, process.waitFor());
  }
}
