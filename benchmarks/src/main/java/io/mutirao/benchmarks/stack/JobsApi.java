package io.mutirao.benchmarks.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.Connection;
import io.mutirao.benchmarks.load.Connection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The Jobs API 2.0 of a stack, as far as the benchmark asks it. */
public record JobsApi(URI server, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_NANOS = 50_000_000;

  /** A job that does nothing, and up to a thousand of its runs at a time. */
  long createNoop(Connection connection, String name) throws IOException {
    Answer answer =
        connection.send(
            post(
                "create",
                """
                {"name":"%s","max_concurrent_runs":1000,"existing_cluster_id":"default",\
                "noop_task":{}}\
                """
                    .formatted(name)));
    return id(answer, "job_id");
  }

  /** A job whose first run fails at once and is tried again a day later; others wait meanwhile. */
  long createWaiting(Connection connection, String name) throws IOException {
    Answer answer =
        connection.send(
            post(
                "create",
                """
                {"name":"%s","existing_cluster_id":"default","queue":{"enabled":true},\
                "max_retries":1,"min_retry_interval_millis":86400000,\
                "spark_python_task":{"python_file":"dbfs:/no/such/file.py"}}\
                """
                    .formatted(name)));
    return id(answer, "job_id");
  }

  /** Runs the job, and waits until its retry is there. */
  void awaitRetry(Connection connection, long job) throws IOException {
    check(connection.send(post("run-now", "{\"job_id\":" + job + "}")));
    long giveUp = System.nanoTime() + RETRY.toNanos();
    while (runs(connection, job) < 2) {
      if (System.nanoTime() > giveUp) {
        throw new IOException("the first run of job " + job + " was to fail and be tried again");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private int runs(Connection connection, long job) throws IOException {
    Answer answer = connection.send(get("runs/list?job_id=" + job));
    check(answer);
    return JSON.readTree(answer.body()).path("runs").size();
  }

  void delete(Connection connection, long job) throws IOException {
    check(connection.send(post("delete", "{\"job_id\":" + job + "}")));
  }

  /** A caller that runs these jobs in turn. */
  public Caller.Factory running(List<Long> jobs) {
    List<byte[]> requests =
        jobs.stream().map(job -> post("run-now", "{\"job_id\":" + job + "}")).toList();
    return n ->
        new Reconnecting(server) {
          private int turn = n;

          @Override
          long ask(Connection connection) throws IOException {
            return id(connection.send(requests.get(turn++ % requests.size())), "run_id");
          }
        };
  }

  /** A caller that looks at these runs in turn. */
  public Caller.Factory looking(long[] runs) {
    byte[][] requests =
        Arrays.stream(runs).mapToObj(run -> get("runs/get?run_id=" + run)).toArray(byte[][]::new);
    return n ->
        new Reconnecting(server) {
          private int turn = n * 7;

          @Override
          long ask(Connection connection) throws IOException {
            int next = turn++ % runs.length;
            check(connection.send(requests[next]));
            return runs[next];
          }
        };
  }

  /** A caller that asks for these lists of runs in turn. */
  public Caller.Factory listing(List<String> queries) {
    List<byte[]> requests = queries.stream().map(query -> get("runs/list?" + query)).toList();
    return n ->
        new Reconnecting(server) {
          private int turn = n;

          @Override
          long ask(Connection connection) throws IOException {
            check(connection.send(requests.get(turn++ % requests.size())));
            return n;
          }
        };
  }

  private byte[] post(String path, String body) {
    return Connection.request(server, token, "POST", "/api/2.0/jobs/" + path, body);
  }

  private byte[] get(String path) {
    return Connection.request(server, token, "GET", "/api/2.0/jobs/" + path, "");
  }

  private static long id(Answer answer, String field) throws IOException {
    check(answer);
    long id = JSON.readTree(answer.body()).path(field).asLong();
    if (id == 0) {
      throw new IOException("no " + field + " in " + answer.text());
    }
    return id;
  }

  private static void check(Answer answer) throws IOException {
    if (answer.status() != OK) {
      throw new IOException("answered with " + answer.status() + ": " + answer.text().strip());
    }
  }

  /** After a broken connection the next call opens a new one. */
  private abstract static class Reconnecting implements Caller {

    private final URI server;
    private Connection connection;

    Reconnecting(URI server) throws IOException {
      this.server = server;
      connection = new Connection(server);
    }

    abstract long ask(Connection connection) throws IOException;

    @Override
    public long call() throws IOException {
      try {
        return ask(connection);
      } catch (IOException e) {
        connection.close();
        connection = new Connection(server);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
