package io.mutirao.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A few calls of the Jobs API 2.0, as any client would make them. */
final class JobsClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FINAL = List.of("TERMINATED", "SKIPPED", "INTERNAL_ERROR");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  JobsClient(String url, String token) {
    this.url = url + "/api/2.0/jobs/";
    this.token = token;
  }

  long create(Map<String, Object> settings) throws IOException, InterruptedException {
    return post("create", settings).path("job_id").asLong();
  }

  long runNow(long job) throws IOException, InterruptedException {
    return post("run-now", Map.of("job_id", job)).path("run_id").asLong();
  }

  JsonNode run(long run) throws IOException, InterruptedException {
    return get("runs/get?run_id=" + run);
  }

  JsonNode output(long run) throws IOException, InterruptedException {
    return get("runs/get-output?run_id=" + run);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  static boolean isFinal(JsonNode run) {
    return FINAL.contains(run.path("state").path("life_cycle_state").asText());
  }

  private JsonNode post(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    String text = JSON.writeValueAsString(body);
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(text)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s was answered with %d: %s"
              .formatted(answer.uri(), answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
