package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks one owner over HTTP. Only what may be asked twice is asked so: one whose connection broke is
 * asked once more, for a pooled connection dies whenever its owner is started again.
 */
final class OwnerClient {

  private static final Logger log = Logger.getLogger(OwnerClient.class);

  /** A little less than owners read ({@code quarkus.http.limits.max-initial-line-length}). */
  private static final int LONGEST_PATH = 60_000;

  private final HttpClient client;
  private final HeldBytes held;
  private final String owner;
  private final URI base;
  private final Duration timeout;

  /**
   * @param owner for people
   */
  OwnerClient(HttpClient client, HeldBytes held, String owner, URI base, Duration timeout) {
    this.client = client;
    this.held = held;
    this.owner = owner;
    this.base = base;
    this.timeout = timeout;
  }

  /**
   * What an owner said.
   *
   * @param length bytes of it
   */
  record Said<T>(T what, int length) {}

  /** What stands there, or nothing when the owner knows of nothing there. */
  <T> Optional<T> get(String path, Class<T> type) throws Rejected {
    return said(path, type).map(Said::what);
  }

  /** As {@link #get}, with its length. */
  <T> Optional<Said<T>> said(String path, Class<T> type) throws Rejected {
    Question question = new Question(HttpMethod.GET, path, null);
    return asked(
        question,
        (status, body) ->
            switch (status) {
              case 200 -> Optional.of(new Said<>(read(question, body, type), body.length));
              case 404 -> Optional.empty();
              // Only pages are handed on as they were sent: they are the owner's own words.
              case 400 -> throw new Rejected(new Problem.NoSuchPage());
              default -> throw away(question, "status " + status);
            });
  }

  /**
   * Puts something there and gives back what stands there now, or nothing when what it belongs to
   * is not there.
   */
  <T> Optional<T> put(String path, Object what, Class<T> type) throws Rejected {
    Question question = new Question(HttpMethod.PUT, path, Codec.JSON.valueToTree(what).toString());
    return asked(
        question,
        (status, body) ->
            switch (status) {
              case 200 -> Optional.of(read(question, body, type));
              case 404 -> Optional.empty();
              case 409 -> throw new Rejected(new Problem.Taken(new String(body, UTF_8)));
              default -> throw away(question, "status " + status);
            });
  }

  /** What is not there is gone already. */
  void delete(String path) throws Rejected {
    Question question = new Question(HttpMethod.DELETE, path, null);
    asked(
        question,
        (status, _) -> {
          if (status != 200 && status != 204 && status != 404) {
            throw away(question, "status " + status);
          }
          return Optional.empty();
        });
  }

  /** What is asked; asking it twice is as good as once. */
  private record Question(HttpMethod method, String path, @Nullable String body) {
    boolean changes() {
      return !method.equals(HttpMethod.GET);
    }
  }

  private interface Reading<T> {
    Optional<T> read(int status, byte[] body) throws Rejected;
  }

  private <T> Optional<T> asked(Question question, Reading<T> reading) throws Rejected {
    if (question.path().length() > LONGEST_PATH) {
      return Optional.empty(); // nothing has such a name
    }
    try {
      return askedOnce(question, reading);
    } catch (ExecutionException e) {
      log.debugf("The connection to the %s broke; asking once more: %s", owner, e.getCause());
    }
    try {
      return askedOnce(question, reading);
    } catch (ExecutionException e) {
      throw away(question, String.valueOf(e.getCause()));
    }
  }

  private <T> Optional<T> askedOnce(Question question, Reading<T> reading)
      throws Rejected, ExecutionException {
    AnswerBody body = new AnswerBody(held);
    try {
      int status = ask(question, body);
      return reading.read(status, body.bytes());
    } finally {
      body.giveBack();
    }
  }

  private int ask(Question question, AnswerBody body) throws Rejected, ExecutionException {
    RequestOptions options = question(question.path()).setMethod(question.method());
    if (question.body() != null) {
      options.putHeader("Content-Type", "application/json");
    }
    Future<Integer> status =
        client
            .request(options)
            // Nested: whoever takes the body must stand there before the answer can come.
            .compose(request ->
                (question.body() == null ? request.send() : request.send(question.body()))
                    .compose(response -> body.take(response).map(_ -> response.statusCode())));
    try {
      return status
          .toCompletionStage()
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (question.changes()) {
        throw new Rejected(new Problem.Unanswered(timeout));
      }
      throw away(question, "no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(question, "the gateway stops");
    }
  }

  /** For those who ask in a way of their own: what stands there. */
  RequestOptions question(String path) {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(base.getHost())
        .setPort(port())
        .setSsl("https".equals(base.getScheme()))
        .setURI(base.getPath() + path)
        .setIdleTimeout(timeout.toMillis());
  }

  private int port() {
    return base.getPort() > 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
  }

  private <T> T read(Question question, byte[] body, Class<T> type) throws Rejected {
    try {
      return Codec.JSON.readValue(body, type);
    } catch (IOException e) {
      throw away(question, "an answer that we cannot read: " + e.getMessage());
    }
  }

  private Rejected away(Question question, String why) {
    log.warnf("The %s did not answer %s %s: %s", owner, question.method(), question.path(), why);
    return new Rejected(Problem.Away.forASecond("The " + owner + " is away"));
  }
}
