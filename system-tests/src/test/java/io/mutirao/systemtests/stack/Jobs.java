package io.mutirao.systemtests.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.pollinterval.PollInterval;

/**
 * The Jobs API, called as a client would call it.
 *
 * @param version as paths name it, for example {@code 2.0}
 * @param patient whether a question that is answered with 503 is asked again, as clients do
 */
public record Jobs(String url, String token, String version, boolean patient) {

  /** The same, called in another version. */
  public Jobs in(String other) {
    return new Jobs(url, token, other, patient);
  }

  /** Longer than anything here may take, on a busy machine. */
  public static final Duration DEADLINE = Duration.ofSeconds(90);

  /** Every 20 ms at first, then with more and more patience: the stack has other work to do. */
  private static final PollInterval OFTEN =
      (polls, _) -> Duration.ofMillis(Math.min(20L * Math.max(1, polls - 10), 200));

  /** HTTP/1.1: an upgrade to 2 would be tried with each first request. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  // ---- requests

  /** No answer came: the request may have been carried out, or not. */
  public static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String what, IOException cause) {
      super(what, cause);
    }
  }

  public Answer post(String path, Object body) {
    String text = write(body);
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
    return send(request, Optional.of(text));
  }

  public Answer get(String path) {
    HttpRequest question = request(path).GET().build();
    if (!patient) {
      return send(question);
    }
    return await("an answer to GET " + path)
        .atMost(DEADLINE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(NoAnswer.class)
        .until(() -> send(question), answer -> answer.status() != 503);
  }

  /** With the credentials; the path is below {@code /api/VERSION/jobs/}. */
  public HttpRequest.Builder request(String path) {
    return bare("/api/" + version + "/jobs/" + path).header("Authorization", "Bearer " + token);
  }

  /** Without credentials. */
  public HttpRequest.Builder bare(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(DEADLINE);
  }

  /** Whatever comes back must be as the OpenAPI document says. */
  public static Answer send(HttpRequest request) {
    return send(request, Optional.empty());
  }

  private static Answer send(HttpRequest request, Optional<String> body) {
    try {
      Answer answer = Answer.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
      OpenApi.check(request.method(), request.uri().getPath(), body, answer);
      return answer;
    } catch (IOException e) {
      throw new NoAnswer(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String write(Object body) {
    try {
      return Answer.JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  // ---- what clients do most

  public long create(JobSettings settings) {
    return post("create", settings.fields()).ok().path("job_id").asLong();
  }

  public long runNow(long job) {
    return runNow(Map.of("job_id", job));
  }

  public long runNow(Map<String, ?> request) {
    return post("run-now", request).ok().path("run_id").asLong();
  }

  /** With a token, which makes it safe to ask until an answer comes. */
  public static Map<String, Object> request(long job, String token) {
    Map<String, Object> request = new HashMap<>();
    request.put("job_id", job);
    request.put("idempotency_token", token);
    return request;
  }

  public Run run(long run) {
    return new Run(get("runs/get?run_id=" + run).ok());
  }

  public String logs(long run) {
    return get("runs/get-output?run_id=" + run).ok().path("logs").asText();
  }

  public void cancel(long run) {
    post("runs/cancel", Map.of("run_id", run)).ok();
  }

  public List<Run> runsOf(long job) {
    List<Run> runs = new ArrayList<>();
    JsonNode page = get("runs/list?limit=1000&job_id=" + job).ok();
    page.path("runs").forEach(run -> runs.add(new Run(run)));
    return runs;
  }

  // ---- waiting

  public Run awaitEnd(long run) {
    return awaitRun(run, "is over", Run::isFinal);
  }

  public Run awaitRunning(long run) {
    return awaitRun(run, "runs", Run::isRunning);
  }

  /** Waits until it is so, or can no longer become so. */
  public Run awaitRun(long run, String words, Predicate<Run> wanted) {
    Run seen =
        await("run " + run + " " + words)
            .atMost(DEADLINE)
            .pollDelay(Duration.ZERO)
            .pollInterval(OFTEN)
            .ignoreException(NoAnswer.class)
            .until(() -> run(run), now -> wanted.test(now) || now.isFinal());
    if (!wanted.test(seen)) {
      throw new AssertionError("run %d never %s: %s".formatted(run, words, seen.json()));
    }
    return seen;
  }

  /** Creates a run and waits for its end. */
  public Run runToEnd(long job) {
    return awaitEnd(runNow(job));
  }
}
