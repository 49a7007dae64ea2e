package io.mutirao.worker.runner.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.runner.Runner;
import io.mutirao.worker.runner.notebook.NotebookRunner;
import io.mutirao.worker.runner.python.PythonRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a pipeline names, one after the other, each as its own runner would; the first that
 * fails ends the update.
 */
public record PipelineRunner(
    Pipelines pipelines, NotebookRunner notebooks, PythonRunner scripts, Path python)
    implements Runner<PipelineRunner.Spec> {

  private static final String PROGRAM = "pipeline.py";
  private static final String FOLDER = ".pipeline";
  private static final String NOTEBOOK = "# Databricks notebook source";

  /**
   * An update.
   *
   * @param update_id null when nobody has asked for it by itself: a job did
   * @param parameters of the run: {@code full_refresh} may be among them
   */
  public record Spec(
      @Nullable String pipeline_id,
      @Nullable String update_id,
      @Nullable Boolean full_refresh,
      @Nullable Map<String, JsonNode> parameters) {

    boolean fullRefresh() {
      JsonNode ofRun = parameters == null ? null : parameters.get("full_refresh");
      return ofRun == null ? Boolean.TRUE.equals(full_refresh) : ofRun.asBoolean();
    }
  }

  @Override
  public String kind() {
    return "pipeline";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) throws IOException, InterruptedException {
    String id = spec.pipeline_id();
    if (id == null || id.isBlank()) {
      return new Plan.Rejected("no pipeline is named", Plan.Why.INVALID);
    }
    return switch (pipelines.begin(id, spec.update_id(), spec.fullRefresh(), attempt)) {
      case Pipelines.Refused(var reason, var why) -> new Plan.Rejected(reason, why);
      case Pipelines.Begins begins -> plan(begins, spec, attempt);
    };
  }

  /**
   * All of them are prepared before the first one runs: what is wrong shows before anything ran.
   */
  private Plan plan(Pipelines.Begins update, Spec spec, Attempt attempt)
      throws IOException, InterruptedException {
    Map<String, @Nullable String> configuration = new HashMap<>();
    update
        .spec()
        .path("configuration")
        .properties()
        .forEach(field -> configuration.put(field.getKey(), field.getValue().asText()));
    List<Step> steps = Step.of(update.spec().path("libraries"), attempt.bench());
    ArrayNode order = Codec.JSON.createArrayNode();
    List<Path> given = new ArrayList<>();
    for (Step step : steps) {
      Path folder = attempt.folder().resolve(FOLDER).resolve(Integer.toString(order.size() + 1));
      Attempt its = inFolder(Files.createDirectories(folder), attempt);
      switch (plan(step, configuration, its)) {
        case Plan.Rejected(String reason, Plan.Why why) -> {
          return new Plan.Rejected(step.path() + ": " + reason, why);
        }
        case Plan.Done _ -> throw new IllegalStateException("a step runs something");
        case Plan.Script script -> {
          given.add(script.file());
          order.add(words(step, script.command(python), folder));
        }
        case Plan.Command command -> {
          given.addAll(command.given());
          order.add(words(step, command, folder));
        }
      }
    }
    if (order.isEmpty()) {
      return new Plan.Rejected("the pipeline names nothing that could run", Plan.Why.NOT_FOUND);
    }
    ObjectNode about = Codec.JSON.createObjectNode();
    about.put("pipeline_id", spec.pipeline_id()).put("update_id", update.update());
    about.put("name", update.spec().path("name").asText());
    about.put("full_refresh", spec.fullRefresh());
    about.set("configuration", update.spec().path("configuration"));
    return program(order, about, given, attempt);
  }

  private Plan plan(Step step, Map<String, @Nullable String> configuration, Attempt attempt)
      throws IOException, InterruptedException {
    var notebook = new NotebookRunner.Spec(step.path(), configuration, null);
    return switch (step.kind()) {
      case NOTEBOOK -> notebooks.plan(notebook, attempt);
      case SQL -> notebooks.plan(notebook, "SQL SOURCE", attempt);
      case PYTHON ->
          isNotebook(step, attempt)
              ? notebooks.plan(notebook, "PYTHON SOURCE", attempt)
              : scripts.plan(new PythonRunner.Spec(step.path(), null, List.of()), attempt);
      case UNKNOWN ->
          new Plan.Rejected("expected a file whose name ends with .py or .sql", Plan.Why.INVALID);
    };
  }

  /** A file of Python may be the source of a notebook, which its first line says. */
  private static boolean isNotebook(Step step, Attempt attempt) throws IOException {
    Path copy = attempt.folder().resolve("source");
    if (!attempt.bench().fetch("workspace" + Step.plain(step.path()), copy)) {
      return false;
    }
    try (InputStream source = Files.newInputStream(copy)) {
      String beginning = new String(source.readNBytes(NOTEBOOK.length()), StandardCharsets.UTF_8);
      return beginning.equals(NOTEBOOK);
    } finally {
      Files.delete(copy);
    }
  }

  private static Attempt inFolder(Path folder, Attempt of) {
    return new Attempt(of.job(), of.run(), of.attempt(), of.task(), folder, of.setup(), of.bench());
  }

  private static ObjectNode words(Step step, Plan.Command command, Path folder) {
    ObjectNode words = Codec.JSON.createObjectNode();
    words.put("path", step.path()).put("folder", folder.toString());
    command.argv().forEach(words.putArray("argv")::add);
    ObjectNode environment = words.putObject("env");
    command.environment().forEach(environment::put);
    return words;
  }

  private Plan program(ArrayNode order, ObjectNode about, List<Path> given, Attempt attempt)
      throws IOException {
    Path folder = attempt.folder().resolve(FOLDER);
    try (InputStream source = PipelineRunner.class.getResourceAsStream(PROGRAM)) {
      if (source == null) {
        throw new IOException(PROGRAM + " is missing in the jar");
      }
      Files.write(folder.resolve(PROGRAM), source.readAllBytes());
    }
    Files.write(folder.resolve("steps.json"), Codec.JSON.writeValueAsBytes(order));
    return new Plan.Command(
        List.of(python.toString(), "-u", folder.resolve(PROGRAM).toString(), folder.toString()),
        Map.of("MUTIRAO_PIPELINE", about.toString()),
        given);
  }

  /** What all of its notebooks told; of two that say the same the later one. */
  @Override
  public Results results(Spec spec, Attempt attempt) throws IOException {
    Path folder = attempt.folder().resolve(FOLDER);
    Map<String, JsonNode> values = new HashMap<>();
    for (int step = 1; isFolder(folder.resolve(Integer.toString(step))); step++) {
      Path its = folder.resolve(Integer.toString(step));
      var notebook = new NotebookRunner.Spec(null, null, null);
      values.putAll(notebooks.results(notebook, inFolder(its, attempt)).values());
    }
    Path failed = folder.resolve("failed");
    return new Results(
        null,
        values,
        null,
        Files.isRegularFile(failed, LinkOption.NOFOLLOW_LINKS) ? Files.readString(failed) : null);
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
