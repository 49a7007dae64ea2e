package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.StoredFiles;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Stream;
import io.mutirao.objects.ObjectPath;
import java.io.IOException;
import java.util.Map;

/** A file as an answer, however large: read while it is sent. */
public record FileStream(StoredFiles files, ObjectPath path) implements Stream {

  public static final Map<String, String> BYTES =
      Map.of("Content-Type", "application/octet-stream");

  private static final int PIECE_BYTES = 256 * 1024;

  public Answer answer() {
    return Answer.stream(200, BYTES, this);
  }

  @Override
  public void write(Sink to) throws IOException, InterruptedException, Rejected {
    long from = 0;
    byte[] piece;
    do {
      piece =
          files
              .read(path, from, PIECE_BYTES)
              .orElseThrow(() -> new Rejected(new Problem.Missing("The file is gone.")))
              .bytes();
      to.write(piece);
      from += piece.length;
    } while (piece.length == PIECE_BYTES);
  }
}
