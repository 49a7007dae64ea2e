package io.mutirao.gateway.operations;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;

import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Logs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.objects.Piece;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /api/mutirao/runs/ID/logs}: what a task prints, while it runs and afterwards. As text,
 * whole or a range of bytes; as server-sent events for those who ask for {@code text/event-stream}.
 */
@Singleton
final class LogsResource implements Dialect {

  private static final int PIECE = 256 * 1024;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Runs runs;
  private final Logs logs;

  LogsResource(Runs runs, Logs logs) {
    this.runs = runs;
    this.logs = logs;
  }

  @Override
  public String root() {
    return "/api/mutirao/runs";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(get("/api/mutirao/runs/:id/logs", this::logs));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer logs(Call call) throws Rejected {
    long id = call.idPart("id");
    RunView run = runs.get(new RunId(id), call.caller()).what();
    RunView.TaskRun task = run.taskOf(id);
    if (task == null) {
      throw Rejected.invalid(
          "id: run "
              + id
              + " has several tasks; expected the run_id of one of them, which are "
              + run.tasks().stream().map(t -> t.key() + " " + t.id()).toList());
    }
    if (call.header("accept").contains("text/event-stream")) {
      return Answer.stream(
          200,
          Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-store"),
          new LogFeed(runs, logs, call.caller(), task, run.run(), from(call)));
    }
    return text(call, run.run(), task);
  }

  /** After which byte to go on; a browser that lost its connection says so in a header. */
  private static long from(Call call) throws Rejected {
    String last = call.header("last-event-id");
    if (last.isEmpty()) {
      return call.in().whole("from", 0, Integer.MAX_VALUE, 0);
    }
    if (!last.matches("\\d{1,15}")) {
      throw Rejected.field("Last-Event-ID", "expected the id of an event, not " + last);
    }
    return Long.parseLong(last);
  }

  private Answer text(Call call, RunId run, RunView.TaskRun task) throws Rejected {
    long size = logs.piece(run, task.id(), 0, 0).map(Piece::size).orElse(0L);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", TEXT);
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "no-store");
    Matcher range = RANGE.matcher(call.header("range"));
    // Several ranges, or other units: as if none were asked for (RFC 9110, 14.2).
    boolean ranged =
        range.matches() && range.end(1) + range.end(2) > range.start(1) + range.start(2);
    long begin = 0;
    long end = size;
    if (ranged && range.group(1).isEmpty()) {
      begin = Math.max(0, size - Long.parseLong(range.group(2)));
    } else if (ranged) {
      begin = Long.parseLong(range.group(1));
      end = range.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(range.group(2)) + 1);
    }
    if (ranged && (begin >= size || begin >= end)) {
      headers.put("Content-Range", "bytes */" + size);
      return new Answer(416, new byte[0], headers);
    }
    if (ranged) {
      headers.put("Content-Range", "bytes " + begin + "-" + (end - 1) + "/" + size);
    }
    long first = begin;
    long last = end;
    return Answer.stream(
        ranged ? 206 : 200,
        headers,
        sink -> {
          long at = first;
          while (at < last) {
            Optional<Piece> piece =
                logs.piece(run, task.id(), at, (int) Math.min(PIECE, last - at));
            if (piece.isEmpty() || piece.get().bytes().length == 0) {
              return;
            }
            sink.write(piece.get().bytes());
            at += piece.get().bytes().length;
          }
        });
  }
}
