package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Unfinished;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A request's body while it arrives: taken in on the event loop, read on another thread. A little
 * of it waits in memory; a client that sends faster than is read is held up. Ends with {@link
 * Unfinished} when there is too much, when the client goes, or when nothing comes for long.
 */
final class Arriving extends InputStream {

  private static final int PIECES_AHEAD = 16;

  /** What may wait, roughly: pieces of the usual size. */
  static final long HELD_BYTES = PIECES_AHEAD * 16L * 1024;

  private static final long PATIENCE_SECONDS = 60;

  private sealed interface Event {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared, only read.
  private record Piece(byte[] bytes) implements Event {}

  private record End() implements Event {}

  private record Broken(Problem why) implements Event {}

  private final HttpServerRequest request;
  private final Context eventLoop;
  private final long most;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** Touched by the event loop only. */
  private long arrived;

  private boolean over;

  /** Touched by the reader only. */
  private Event now = new Piece(new byte[0]);

  private int at;

  Arriving(HttpServerRequest request, Context eventLoop, long most) {
    this.request = request;
    this.eventLoop = eventLoop;
    this.most = most;
  }

  /** On the event loop. */
  void begin() {
    request.pause();
    request.handler(this::piece);
    request.endHandler(_ -> last(new End()));
    request.exceptionHandler(
        _ -> last(new Broken(new Problem.Malformed("The request ended before its body did"))));
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.fetch(PIECES_AHEAD);
  }

  private void piece(Buffer piece) {
    arrived += piece.length();
    if (arrived > most) {
      last(new Broken(RequestBody.tooLarge(most)));
    } else if (!over) {
      events.add(new Piece(piece.getBytes()));
    }
  }

  private void last(Event event) {
    if (!over) {
      over = true;
      events.add(event);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      switch (now) {
        case Piece(var bytes) when at < bytes.length -> {
          int read = Math.min(length, bytes.length - at);
          System.arraycopy(bytes, at, into, offset, read);
          at += read;
          return read;
        }
        case Piece _ -> next();
        case End _ -> {
          return -1;
        }
        case Broken(var why) -> throw new Unfinished(why);
      }
    }
  }

  private void next() throws IOException {
    try {
      Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      now =
          event == null
              ? new Broken(
                  new Problem.Malformed(
                      "Nothing of the request body arrived within " + PATIENCE_SECONDS + " s"))
              : event;
      at = 0;
      eventLoop.runOnContext(_ -> request.fetch(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a body arrives");
    }
  }
}
