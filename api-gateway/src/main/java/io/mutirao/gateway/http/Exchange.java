package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** A request and what goes back, on the wire. */
record Exchange(Vertx vertx, Dialect dialect, HttpServerRequest request) {

  /** How long we go on listening to somebody whom we have refused, so that he hears it. */
  private static final long HEAR_OUT_MILLIS = 2_000;

  /** Who takes no byte for so long is gone. */
  private static final Duration SLOWEST = Duration.ofSeconds(60);

  private static final Logger log = Logger.getLogger(Exchange.class);

  /** Answers at once, whatever else the client still sends, and listens on for a little while. */
  void refuse(Problem problem) {
    write(dialect.render(problem));
    hearOut();
  }

  void hearOut() {
    if (!request.isEnded()) {
      request.handler(_ -> {});
      request.resume();
      vertx.setTimer(HEAR_OUT_MILLIS, _ -> hangUp());
    }
  }

  private void hangUp() {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }

  /** On any thread; of an answer that is written piece by piece on a virtual one. */
  void answer(Answer answer) {
    Stream stream = answer.stream();
    if (stream == null) {
      write(answer);
    } else {
      pour(answer, stream);
    }
  }

  private void write(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      log.debug("The client was gone before the answer");
      return;
    }
    head(answer).end(Buffer.buffer(answer.body()));
  }

  private void pour(Answer answer, Stream stream) {
    HttpServerResponse response = head(answer).setChunked(true);
    try {
      stream.write(piece -> room(response.write(Buffer.buffer(piece))));
      response.end();
    } catch (IOException | InterruptedException e) {
      log.debugf("A client went before the end of %s: %s", request.path(), e);
      request.connection().close();
    } catch (Rejected | RuntimeException e) {
      log.warnf(e, "%s could not be answered to its end", request.path());
      request.connection().close();
    }
  }

  private HttpServerResponse head(Answer answer) {
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.status()).putHeader("Content-Type", "application/json");
    answer.headers().forEach(response::putHeader);
    return response;
  }

  /** Waits until what was written has left, so that nobody writes faster than is read. */
  private static void room(Future<Void> written) throws IOException, InterruptedException {
    try {
      written.toCompletionStage().toCompletableFuture().get(SLOWEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the client does not read on", e);
    }
  }

  /** What the caller is told of it. */
  Problem bug(Throwable e) {
    String reference = UUID.randomUUID().toString();
    log.errorf(
        e,
        "%s %s failed through a bug of ours; its caller was told reference=%s",
        request.method(),
        request.path(),
        reference);
    return new Problem.Bug(reference);
  }
}
