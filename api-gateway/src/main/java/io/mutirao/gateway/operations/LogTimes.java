package io.mutirao.gateway.operations;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.gateway.core.Logs;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.objects.Piece;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When the parts of a growing log were printed. Of one thread. */
final class LogTimes {

  private static final int PIECE = 1024 * 1024;

  private final Logs logs;
  private final RunId run;
  private final AttemptId attempt;

  /** Milliseconds since 1970, by the first byte that was printed then. */
  private final TreeMap<Long, Long> known = new TreeMap<>();

  private long read;

  LogTimes(Logs logs, RunId run, AttemptId attempt) {
    this.logs = logs;
    this.run = run;
    this.attempt = attempt;
  }

  /** Reads what came since. */
  void refresh() throws Rejected {
    Optional<Piece> piece = logs.times(run, attempt, read, PIECE);
    while (piece.isPresent() && take(piece.get().bytes())) {
      piece = logs.times(run, attempt, read, PIECE);
    }
  }

  /** Whether there was a whole line in it. */
  private boolean take(byte[] bytes) {
    String text = new String(bytes, US_ASCII);
    int whole = text.lastIndexOf('\n') + 1;
    for (String line : text.substring(0, whole).split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      if (parts.length == 2) {
        known.put(Long.valueOf(parts[0]), Long.valueOf(parts[1]));
      }
    }
    read += whole;
    return whole > 0;
  }

  /** When the byte at a place was printed; empty when nobody knows. */
  Optional<Long> of(long offset) {
    return Optional.ofNullable(known.floorEntry(offset)).map(Map.Entry::getValue);
  }
}
