package io.mutirao.gateway.backend;

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

/**
 * Asks one owner over HTTP. Questions change nothing, so that one whose connection broke is asked
 * once more: a pooled connection dies whenever its owner is started again.
 */
final class OwnerClient {

  private static final Logger log = Logger.getLogger(OwnerClient.class);

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

  /** What stands there, or nothing when the owner knows of nothing there. */
  <T> Optional<T> get(String path, Class<T> type) throws Rejected {
    try {
      return getOnce(path, type);
    } catch (ExecutionException e) {
      log.debugf("The connection to the %s broke; asking once more: %s", owner, e.getCause());
    }
    try {
      return getOnce(path, type);
    } catch (ExecutionException e) {
      throw away(path, String.valueOf(e.getCause()));
    }
  }

  private <T> Optional<T> getOnce(String path, Class<T> type) throws Rejected, ExecutionException {
    AnswerBody body = new AnswerBody(held);
    try {
      int status = ask(path, body);
      return switch (status) {
        case 200 -> Optional.of(read(path, body.bytes(), type));
        case 404 -> Optional.empty();
        // Only pages are handed on as they were sent: they are the owner's own words.
        case 400 -> throw new Rejected(new Problem.NoSuchPage());
        default -> throw away(path, "status " + status);
      };
    } finally {
      body.giveBack();
    }
  }

  private int ask(String path, AnswerBody body) throws Rejected, ExecutionException {
    Future<Integer> status =
        client
            .request(
                new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setHost(base.getHost())
                    .setPort(port())
                    .setSsl("https".equals(base.getScheme()))
                    .setURI(base.getPath() + path)
                    .setIdleTimeout(timeout.toMillis()))
            // Nested: whoever takes the body must stand there before the answer can come.
            .compose(request ->
                request
                    .send()
                    .compose(response -> body.take(response).map(_ -> response.statusCode())));
    try {
      return status
          .toCompletionStage()
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw away(path, "no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(path, "the gateway stops");
    }
  }

  private int port() {
    return base.getPort() > 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
  }

  private <T> T read(String path, byte[] body, Class<T> type) throws Rejected {
    try {
      return Codec.JSON.readValue(body, type);
    } catch (IOException e) {
      throw away(path, "an answer that we cannot read: " + e.getMessage());
    }
  }

  private Rejected away(String path, String why) {
    log.warnf("The %s did not answer GET %s: %s", owner, path, why);
    return new Rejected(Problem.Away.forASecond("The " + owner + " is away"));
  }
}
