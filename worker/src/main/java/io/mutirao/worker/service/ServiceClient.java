package io.mutirao.worker.service;

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
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Asks a service over HTTP, any of whose processes may answer, again and again for some time while
 * none does.
 */
public final class ServiceClient {

  /** How long a process may take to take a connection. */
  public static final Duration CONNECT = Duration.ofSeconds(1);

  /** How long a process may take to answer. */
  public static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 20;

  /** One for all: each would read the trusted certificates anew. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  private final List<URI> processes;

  public ServiceClient(List<URI> processes) {
    this.processes = List.copyOf(processes);
  }

  /**
   * What stands there.
   *
   * @throws IOException nobody answers for some time
   */
  public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return ask(path, request -> request);
  }

  /** Puts JSON there; the service takes it twice as well as once. */
  public HttpResponse<byte[]> put(String path, byte[] json)
      throws IOException, InterruptedException {
    return ask(
        path,
        request ->
            request
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(json)));
  }

  private HttpResponse<byte[]> ask(String path, UnaryOperator<HttpRequest.Builder> asking)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      URI process = processes.get(tries % processes.size());
      try {
        HttpResponse<byte[]> answer = send(asking.apply(request(process, path)));
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

  /** A request to a process, at a path below its own. */
  public static HttpRequest.Builder request(URI process, String path) {
    return HttpRequest.newBuilder(address(process, path));
  }

  /** A path below a process's own. */
  public static URI address(URI process, String path) {
    return URI.create(process.toString().replaceAll("/+$", "") + path);
  }

  /** Sends it, once. */
  public static HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.timeout(ANSWER).build(), BodyHandlers.ofByteArray());
  }

  /** An answer that nobody expected. */
  public static IOException unexpected(HttpResponse<byte[]> answer) {
    return new IOException(answer.uri() + " answers " + answer.statusCode());
  }

  /** A part of a path or of a query. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
