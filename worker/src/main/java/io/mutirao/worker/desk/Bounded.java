package io.mutirao.worker.desk;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** So many bytes of another stream; fewer are an error, so that nothing is stored by half. */
final class Bounded extends InputStream {

  private final InputStream in;
  private long left;

  Bounded(InputStream in, long bytes) {
    this.in = in;
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int read = in.read(into, from, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException(left + " bytes are missing");
    }
    left -= read;
    return read;
  }
}
