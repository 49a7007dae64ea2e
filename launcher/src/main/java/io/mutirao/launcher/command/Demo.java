package io.mutirao.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.launcher.Stack;
import io.mutirao.launcher.StackOptions;
import io.mutirao.launcher.data.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code demo}: one job on a stack of its own, from the definition to the output. */
public final class Demo {

  private static final String SCRIPT =
      """
      import os, sys, time

      print("Hello from a Mutirão worker, in a process of its own:", os.getpid())
      for neighbour in sys.argv[1:]:
          print(neighbour, "lends a hand")
          time.sleep(0.3)
      print("Many hands, one job: done.")
      """;

  public static int run() throws CannotStart, IOException, InterruptedException {
    Progress progress = Progress.begin();
    try (var folder = TemporaryFolder.create("demo");
        Stack stack =
            Stack.start(StackOptions.in(folder.path().resolve("data")).withProgress(progress));
        var client = new JobsClient(stack.gatewayUrl(), stack.token())) {
      System.out.println("The stack is up at " + stack.gatewayUrl());
      return show(client, folder.path().resolve("hello.py"));
    }
  }

  private static int show(JobsClient client, Path script) throws IOException, InterruptedException {
    Files.writeString(script, SCRIPT);
    long job =
        client.create(
            Map.of(
                "name",
                "demo",
                "existing_cluster_id",
                "default",
                "spark_python_task",
                Map.of(
                    "python_file",
                    "file:" + script,
                    "parameters",
                    List.of("Ana", "Bento", "Celeste"))));
    System.out.println("POST jobs/create   job_id " + job + ", a spark_python_task: " + script);
    long run = client.runNow(job);
    System.out.println("POST jobs/run-now  run_id " + run);
    JsonNode end = follow(client, run);
    System.out.println("GET runs/get-output, logs:");
    client.output(run).path("logs").asText().lines().forEach(l -> System.out.println("  | " + l));
    boolean success = end.path("state").path("result_state").asText().equals("SUCCESS");
    System.out.println(success ? "The job is done." : "The run did not succeed: " + end);
    return success ? 0 : 1;
  }

  /** Prints each state once, as it is seen. */
  private static JsonNode follow(JobsClient client, long run)
      throws IOException, InterruptedException {
    String seen = "";
    while (true) {
      JsonNode now = client.run(run);
      String state = words(now.path("state"));
      if (!state.equals(seen)) {
        System.out.println("GET runs/get       " + state);
        seen = state;
      }
      if (JobsClient.isFinal(now)) {
        return now;
      }
      Thread.sleep(20);
    }
  }

  private static String words(JsonNode state) {
    return (state.path("life_cycle_state").asText()
            + " "
            + state.path("result_state").asText()
            + " "
            + state.path("state_message").asText())
        .strip();
  }

  private Demo() {}
}
