package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Rejected;
import java.io.IOException;

/** The body of an answer that is written piece by piece, on the caller's virtual thread. */
public interface Stream {

  /**
   * Writes all of it.
   *
   * @throws Rejected when it cannot be gone on with: the connection is closed before its end
   * @throws IOException when the client is gone
   */
  void write(Sink sink) throws IOException, InterruptedException, Rejected;

  /** Where it goes. */
  interface Sink {

    /** Returns when there is room for more. */
    void write(byte[] piece) throws IOException, InterruptedException;
  }
}
