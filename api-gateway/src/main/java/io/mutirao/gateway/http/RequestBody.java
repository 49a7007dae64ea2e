package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Takes a request's body in, on its event loop, and stops as soon as there is too much of it, said
 * or not said beforehand.
 */
final class RequestBody {

  /** Bodies up to this are not counted, and never have to wait. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final long PATIENCE_MILLIS = 60_000;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Hold hold;
  private final Consumer<byte[]> whole;
  private final Consumer<Problem> refused;
  private final Buffer bytes = Buffer.buffer();
  private long mine;
  private boolean over;

  RequestBody(
      Vertx vertx,
      HttpServerRequest request,
      Hold hold,
      Consumer<byte[]> whole,
      Consumer<Problem> refused) {
    this.vertx = vertx;
    this.request = request;
    this.hold = hold;
    this.whole = whole;
    this.refused = refused;
  }

  void take() {
    request.handler(this::chunk);
    request.endHandler(_ -> end());
    request.exceptionHandler(_ -> gone());
    long length = saidLength(request);
    if (length > FrontDoor.MAX_BODY_BYTES) {
      refuse(tooLarge(FrontDoor.MAX_BODY_BYTES));
    } else if (!reserve(length)) {
      refuse(Hold.busy());
    } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
  }

  /** Gives the memory back; at the latest when the answer is written. */
  void release() {
    hold.release();
  }

  private void chunk(Buffer chunk) {
    if (over) {
      return;
    }
    int length = bytes.length() + chunk.length();
    if (length > FrontDoor.MAX_BODY_BYTES) {
      refuse(tooLarge(FrontDoor.MAX_BODY_BYTES));
    } else if (!reserve(length)) {
      refuse(Hold.busy());
    } else {
      bytes.appendBuffer(chunk);
    }
  }

  /** What was said beforehand is taken at once, so that of many large bodies one gets through. */
  private boolean reserve(long length) {
    long more = length - mine;
    if (length <= SMALL_BYTES || more <= 0) {
      return true;
    }
    if (mine == 0) {
      vertx.setTimer(PATIENCE_MILLIS, _ -> late());
    }
    mine = length;
    return hold.take(more);
  }

  /** Whoever reserves memory must use it. */
  private void late() {
    if (!over) {
      refuse(
          new Problem.Malformed(
              "The request body did not arrive within " + PATIENCE_MILLIS / 1_000 + " s"));
    }
  }

  private void end() {
    if (!over) {
      over = true;
      whole.accept(bytes.getBytes());
    }
  }

  private void gone() {
    if (!over) {
      over = true;
      release();
    }
  }

  private void refuse(Problem problem) {
    over = true;
    release();
    refused.accept(problem);
  }

  /** 0 when nothing was said. */
  static long saidLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  static Problem tooLarge(long most) {
    return new Problem.TooLarge(
        "The request body is larger than "
            + most
            + " bytes ("
            + most / (1024 * 1024)
            + " MB), the most that is accepted");
  }
}
