package io.mutirao.worker.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the registry over HTTP, again and again for some time while it does not answer. */
public final class RegistryClient {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String base;

  public RegistryClient(URI base) {
    this.base = base.toString().replaceAll("/+$", "");
  }

  /**
   * What stands there.
   *
   * @throws IOException it does not answer for some time
   */
  public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER).build());
  }

  /** Puts JSON there; the registry takes it twice as well as once. */
  public HttpResponse<byte[]> put(String path, byte[] json)
      throws IOException, InterruptedException {
    return ask(
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(json))
            .build());
  }

  private HttpResponse<byte[]> ask(HttpRequest question) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        HttpResponse<byte[]> answer = http.send(question, BodyHandlers.ofByteArray());
        if (answer.statusCode() < 500 || tries == TRIES) {
          return answer;
        }
      } catch (IOException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  /** An answer that nobody expected. */
  public IOException unexpected(HttpResponse<byte[]> answer) {
    return new IOException(base + " answers " + answer.statusCode());
  }

  /** A part of a path or of a query. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
