package io.mutirao.launcher.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  /** Else the line that says that the stack is ready may come in its midst, and nobody reads it. */
  @Test
  void aLineIsWrittenInOnePiece() {
    PrintStream before = System.err;
    var pieces = new Pieces();
    System.setErr(new PrintStream(pieces, true, UTF_8));
    try {
      Progress.begin().accept("kafka is ready");
    } finally {
      System.setErr(before);
    }

    assertThat(pieces.all).singleElement().asString().matches("mutirao +0.0 s  kafka is ready\n");
  }

  private static final class Pieces extends OutputStream {

    private final List<String> all = new ArrayList<>();

    @Override
    public void write(int oneByte) {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      all.add(new String(bytes, offset, length, UTF_8));
    }
  }
}
