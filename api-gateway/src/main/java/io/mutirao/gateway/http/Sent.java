package io.mutirao.gateway.http;

import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Unfinished;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;

/** A file that a caller sends. It may be large and is read once, while it arrives. */
public final class Sent {

  private static final int STEP = 64 * 1024;
  private static final byte[] NO_BYTES = {};

  private final InputStream rest;
  private final Hold hold;
  private byte[] beginning = NO_BYTES;

  Sent(InputStream content, Hold hold) {
    this.rest = content;
    this.hold = hold;
  }

  /** What is in memory already, and counted there. */
  public static Sent of(byte[] content) {
    return new Sent(new ByteArrayInputStream(content), new Hold(new HeldBytes(Long.MAX_VALUE)));
  }

  /** All of it; whoever stores it finds out at the end whether it came to one. */
  public InputStream content() {
    return beginning.length == 0
        ? rest
        : new SequenceInputStream(new ByteArrayInputStream(beginning), rest);
  }

  /**
   * Looks at the first so many bytes, if there are as many; they stay in memory until the answer is
   * written.
   */
  public byte[] beginning(int most) throws Rejected {
    try {
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      seen.writeBytes(beginning);
      while (seen.size() < most) {
        int step = Math.min(Math.max(STEP, seen.size()), most - seen.size());
        hold.require(step);
        byte[] piece = rest.readNBytes(step);
        seen.writeBytes(piece);
        if (piece.length < step) {
          break;
        }
      }
      beginning = seen.toByteArray();
      return beginning;
    } catch (Unfinished e) {
      throw new Rejected(e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException("a file that was sent cannot be read", e);
    }
  }
}
