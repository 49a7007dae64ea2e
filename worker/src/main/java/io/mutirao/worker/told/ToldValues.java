package io.mutirao.worker.told;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks the dispatchers what the tasks of a run told: any one of them may answer. */
public final class ToldValues {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final List<URI> dispatchers;

  public ToldValues(List<URI> dispatchers) {
    this.dispatchers = List.copyOf(dispatchers);
  }

  /**
   * Of a run: values by key, by key of the task.
   *
   * @throws IOException no dispatcher answers for some time
   */
  public ObjectNode of(long run) throws IOException, InterruptedException {
    IOException last = new IOException("there is no dispatcher");
    for (int i = 0; i < TRIES; i++) {
      try {
        return ask(dispatchers.get(i % dispatchers.size()), run);
      } catch (IOException e) {
        last = e;
        Thread.sleep(PAUSE);
      }
    }
    throw last;
  }

  private ObjectNode ask(URI dispatcher, long run) throws IOException, InterruptedException {
    String base = dispatcher.toString().replaceAll("/+$", "");
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/runs/" + run + "/values"))
                .timeout(ANSWER)
                .build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(dispatcher + " answers " + response.statusCode());
    }
    return Codec.JSON.readValue(response.body(), ObjectNode.class);
  }
}
