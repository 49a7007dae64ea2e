package io.mutirao.gateway.backend;

import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.contracts.topic.Codec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Asks the dispatcher where its lanes stand, for all who ask on one event loop at a time, and stays
 * on it: with a connection of its own nothing is handed from thread to thread. A question leaves
 * after those whom it is for have asked. Used on that event loop only.
 */
final class LaneQuestions {

  /** At a time; more of them make each smaller, and one alone lets everybody wait for it. */
  private static final int MOST = 2;

  private static final int CONNECT_MILLIS = 2_000;

  private static final Logger log = Logger.getLogger(LaneQuestions.class);

  private final Vertx vertx;
  private final HttpClient client;
  private final RequestOptions question;
  private List<Consumer<LaneBatches>> waiting = new ArrayList<>();
  private int underWay;

  LaneQuestions(Vertx vertx, RequestOptions question) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(MOST));
    this.question = question;
  }

  /**
   * Tells where they stand after this was called.
   *
   * @param told on this event loop; {@link LaneBatches#UNKNOWN} when the dispatcher does not say
   */
  void ask(Consumer<LaneBatches> told) {
    waiting.add(told);
    if (waiting.size() == 1 && underWay < MOST) {
      // Not at once: what has arrived with this goes with the same question.
      vertx.runOnContext(_ -> leave());
    }
  }

  private void leave() {
    if (waiting.isEmpty() || underWay == MOST) {
      return;
    }
    List<Consumer<LaneBatches>> mine = waiting;
    waiting = new ArrayList<>();
    underWay++;
    client
        .request(question)
        .compose(HttpClientRequest::send)
        .compose(response -> response.body().map(body -> read(response, body)))
        .otherwise(LaneQuestions::unknown)
        .onComplete(now -> {
          underWay--;
          // Those who came meanwhile need not wait until these are answered.
          leave();
          mine.forEach(told -> tell(told, now.result()));
        });
  }

  /** Whatever becomes of one must not keep the others waiting. */
  private static void tell(Consumer<LaneBatches> told, LaneBatches now) {
    try {
      told.accept(now);
    } catch (RuntimeException e) {
      log.error("Somebody who asked whether lanes had moved could not be told", e);
    }
  }

  private static LaneBatches read(HttpClientResponse response, Buffer body) {
    if (response.statusCode() != 200) {
      return LaneBatches.UNKNOWN;
    }
    try {
      return Codec.JSON.readValue(body.getBytes(), LaneBatches.class);
    } catch (IOException e) {
      return unknown(e);
    }
  }

  /** Whoever then reads says in the log what is wrong. */
  private static LaneBatches unknown(Throwable e) {
    log.debugf("The dispatcher did not say where its lanes stand: %s", e);
    return LaneBatches.UNKNOWN;
  }
}
