package io.mutirao.systemtests.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Another instance beside the stack's own: the same command and environment, but for its name and
 * what is said.
 */
public record AnotherInstance(String name, Process process, int port, Path log)
    implements AutoCloseable {

  public static AnotherInstance ofDispatcher(Mutirao mutirao) throws IOException {
    return start(mutirao, "run-dispatcher", "run-dispatcher-2");
  }

  /**
   * A dispatcher that does not share: in a consumer group of its own it is given all lanes, and
   * believes that they are its own.
   */
  public static AnotherInstance ofUsurper(Mutirao mutirao) throws IOException {
    String name = "run-dispatcher-usurper";
    return start(mutirao, "run-dispatcher", name, Map.of("MUTIRAO_GROUP_PREFIX", "usurper-"));
  }

  public static AnotherInstance start(Mutirao mutirao, String of, String name) throws IOException {
    return start(mutirao, of, name, Map.of());
  }

  /**
   * Starts one.
   *
   * @param of the process of the stack that it is like
   * @param but what is different in its environment
   */
  public static AnotherInstance start(
      Mutirao mutirao, String of, String name, Map<String, String> but) throws IOException {
    Path first = Path.of("/proc", Long.toString(mutirao.process(of).pid()));
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var builder = new ProcessBuilder(words(first.resolve("cmdline")));
    for (String variable : words(first.resolve("environ"))) {
      int equals = variable.indexOf('=');
      builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    builder.environment().putAll(but);
    builder.environment().put("MUTIRAO_INSTANCE", name);
    builder.environment().put("MUTIRAO_HTTP_PORT", Integer.toString(port));
    builder.redirectErrorStream(true);
    Path log = mutirao.dataFolder().resolve("logs").resolve(name + ".log");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new AnotherInstance(name, builder.start(), port, log);
  }

  /** So far, in its log. */
  public String says() {
    return Scripts.read(log);
  }

  private static List<String> words(Path file) throws IOException {
    return List.of(new String(Files.readAllBytes(file), UTF_8).split("\0"));
  }

  /** Waits until the tasks of that pool come to it: who hands them out looks now and then. */
  public void awaitTasks(Mutirao mutirao, String pool) {
    Jobs jobs = mutirao.jobs();
    long job = jobs.create(JobSettings.noop().with("existing_cluster_id", pool));
    await(name + " has the tasks of pool " + pool)
        .atMost(Jobs.DEADLINE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> workerOf(mutirao, jobs.runToEnd(job).id()).startsWith(name + "/"));
  }

  private static String workerOf(Mutirao mutirao, long run) {
    return mutirao
        .database()
        .list(
            """
            select worker
              from dispatcher.attempt_claim
              join dispatcher.attempt using (attempt_id)
             where run_id = ?
            """,
            row -> row.getString(1),
            run)
        .getFirst();
  }

  public void signal(Signal signal) {
    signal.send(process.toHandle());
  }

  public void awaitLanes(int lanes) {
    await(name + " has " + lanes + " lanes")
        .atMost(Jobs.DEADLINE)
        .ignoreException(Jobs.NoAnswer.class)
        .until(() -> metrics().contains("mutirao_lanes_held " + lanes + ".0\n"));
  }

  /** Waits until it has some of the lanes. */
  public void awaitALane() {
    await(name + " has a lane")
        .atMost(Jobs.DEADLINE)
        .ignoreException(Jobs.NoAnswer.class)
        .until(() -> metrics().matches("(?s).*mutirao_lanes_held [1-9].*"));
  }

  private String metrics() {
    Answer answer =
        Jobs.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"))
                .timeout(Jobs.DEADLINE)
                .build());
    return answer.text();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
