package io.mutirao.gateway.backend;

import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Takes an owner's answer in, on its event loop, and lets go when it is more than we can hold. */
final class AnswerBody {

  private final HeldBytes held;
  private final Buffer bytes = Buffer.buffer();
  private long mine;
  private boolean tooLarge;
  private boolean tooMuch;
  private boolean over;

  AnswerBody(HeldBytes held) {
    this.held = held;
  }

  /** Done when the answer is here, or when it was let go. */
  Future<Void> take(HttpClientResponse response) {
    String length = response.getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > held.most()) {
      // Known before any of it takes room from others.
      tooLarge();
      response.request().reset();
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    response.exceptionHandler(done::tryFail);
    response.endHandler(_ -> done.tryComplete());
    response.handler(chunk -> {
      if (!chunk(chunk)) {
        done.tryComplete();
        response.request().reset();
      }
    });
    return done.future();
  }

  private synchronized void tooLarge() {
    tooLarge = true;
  }

  /** Whether to go on. */
  private synchronized boolean chunk(Buffer chunk) {
    if (over) {
      return false;
    }
    mine += chunk.length();
    tooMuch = !held.take(chunk.length());
    if (!tooMuch) {
      bytes.appendBuffer(chunk);
    }
    return !tooMuch;
  }

  synchronized byte[] bytes() throws Rejected {
    if (tooLarge || mine > held.most()) {
      throw Rejected.invalid(
          "The answer would have more than " + held.most() + " bytes; ask for less at once");
    }
    if (tooMuch) {
      throw new Rejected(Problem.Away.forASecond("The gateway holds as much as it can"));
    }
    return bytes.getBytes();
  }

  /** Nobody waits for the rest any more. */
  synchronized void giveBack() {
    over = true;
    held.giveBack(mine);
    mine = 0;
  }
}
