package io.mutirao.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Logs;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.http.Stream;
import io.mutirao.objects.Piece;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The log of an attempt as server-sent events, from its beginning to its end: one event for each
 * line, with the place after it as its id. The last event is called {@code end}.
 */
final class LogFeed implements Stream {

  private static final int PIECE = 256 * 1024;

  /** Longer lines come in parts. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How many pauses lie between two looks at the run. */
  private static final int LOOKS = 5;

  /** How many pauses without a line are bridged by a comment, so that nobody hangs up. */
  private static final int QUIET = 75;

  private final Runs runs;
  private final Logs logs;
  private final Caller caller;
  private final RunId run;
  private final AttemptId attempt;
  private final LogTimes times;
  private long at;

  /**
   * Of one attempt.
   *
   * @param from the place to begin at
   */
  LogFeed(Runs runs, Logs logs, Caller caller, RunView.TaskRun task, RunId run, long from) {
    this.runs = runs;
    this.logs = logs;
    this.caller = caller;
    this.run = run;
    this.attempt = task.id();
    this.times = new LogTimes(logs, run, attempt);
    this.at = from;
  }

  @Override
  public void write(Sink sink) throws IOException, InterruptedException, Rejected {
    // At once, so that the client sees that it is heard.
    sink.write((": what task " + attempt + " prints\n\n").getBytes(UTF_8));
    int quiet = 0;
    while (true) {
      // Asked before the log is read: what was printed before the end has been stored by then.
      Optional<RunView.TaskRun> over = quiet % LOOKS == 0 ? over() : Optional.empty();
      boolean news = lines(sink, over.isPresent());
      if (over.isPresent()) {
        sink.write(end(over.get()));
        return;
      }
      quiet = news ? 1 : quiet + 1;
      if (quiet % QUIET == 0) {
        sink.write(": nothing new\n\n".getBytes(UTF_8));
      }
      Thread.sleep(PAUSE);
    }
  }

  private Optional<RunView.TaskRun> over() throws Rejected {
    RunView run = runs.get(new RunId(attempt.value()), caller).what();
    return Optional.ofNullable(run.taskOf(attempt.value()))
        .filter(t -> t.phase() == Phase.FINISHED);
  }

  /**
   * Writes the lines that are there; whether there were any.
   *
   * @param all also what stands after the last end of a line
   */
  private boolean lines(Sink sink, boolean all) throws IOException, InterruptedException, Rejected {
    boolean news = false;
    while (true) {
      Optional<Piece> piece = logs.piece(run, attempt, at, PIECE);
      if (piece.isEmpty() || piece.get().bytes().length == 0) {
        return news;
      }
      byte[] bytes = piece.get().bytes();
      boolean last = at + bytes.length >= piece.get().size();
      times.refresh();
      int done = write(sink, bytes, all && last);
      at += done;
      news |= done > 0;
      if (done == 0 || last) {
        return news;
      }
    }
  }

  /** How many of the bytes were whole lines. */
  private int write(Sink sink, byte[] bytes, boolean all) throws IOException, InterruptedException {
    StringBuilder events = new StringBuilder();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean end = bytes[i] == '\n';
      if (end || i - begin >= LONGEST_LINE) {
        int after = end ? i + 1 : i;
        event(events, new String(bytes, begin, i - begin, UTF_8), begin, after);
        begin = after;
      }
    }
    if (all && begin < bytes.length) {
      event(events, new String(bytes, begin, bytes.length - begin, UTF_8), begin, bytes.length);
      begin = bytes.length;
    }
    if (begin > 0) {
      sink.write(events.toString().getBytes(UTF_8));
    }
    return begin;
  }

  private void event(StringBuilder events, String line, int begin, int after) {
    ObjectNode data = Codec.JSON.createObjectNode();
    times.of(at + begin).ifPresent(millis -> data.put("time", millis));
    data.put("line", line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    events.append("id: ").append(at + after).append("\ndata: ").append(data).append("\n\n");
  }

  private static byte[] end(RunView.TaskRun task) {
    ObjectNode data = Codec.JSON.createObjectNode().put("result", String.valueOf(task.result()));
    data.put("message", task.message());
    return ("event: end\ndata: " + data + "\n\n").getBytes(UTF_8);
  }
}
