package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.objects.Entry;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.Piece;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Workbench;
import io.mutirao.worker.desk.NotebookText;
import io.mutirao.worker.guard.Ended;
import io.mutirao.worker.guard.GuardedTask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** One attempt's workbench: its runner prepares it here, on one thread. */
final class Preparation implements Workbench {

  private static final Logger LOG = Logger.getLogger(Preparation.class);
  private static final int PIECE = 1024 * 1024;
  private static final int LAST_BYTES = 8_000;

  private final LiveAttempt attempt;
  private final Executions.Hands hands;

  Preparation(LiveAttempt attempt, Executions.Hands hands) {
    this.attempt = attempt;
    this.hands = hands;
  }

  @Override
  public boolean fetch(String object, Path to) throws IOException {
    ObjectPath path = path(object);
    ObjectStore store = hands.output().store();
    Optional<Piece> piece = store.get(path, 0, PIECE);
    if (piece.isEmpty()) {
      return false;
    }
    Files.createDirectories(to.resolveSibling(""));
    try (OutputStream file = Files.newOutputStream(to)) {
      long read = 0;
      while (piece.isPresent() && piece.get().bytes().length > 0) {
        file.write(piece.get().bytes());
        read += piece.get().bytes().length;
        piece = read < piece.get().size() ? store.get(path, read, PIECE) : Optional.empty();
      }
    }
    return true;
  }

  @Override
  public String kindOf(String object) throws IOException {
    Notebook notebook = NotebookText.kind(hands.output().store(), path(object));
    return notebook.language() + " " + notebook.format();
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return hands.output().store().list(path(folder)).stream().map(Preparation::name).toList();
  }

  private static String name(Entry entry) {
    return entry.folder() ? entry.name() + "/" : entry.name();
  }

  private static ObjectPath path(String object) throws IOException {
    String wrong = ObjectPath.wrongWith(object);
    if (wrong != null) {
      throw new IOException("there can be no such object: " + wrong);
    }
    return new ObjectPath(object);
  }

  @Override
  public ObjectNode told() throws IOException, InterruptedException {
    return hands.told().of(attempt.offer().run().value());
  }

  @Override
  public Path desk() throws IOException {
    var offer = attempt.offer();
    return hands.desks().of(offer.run().value(), offer.attempt().value());
  }

  @Override
  public Path cache(String name) throws IOException {
    return Files.createDirectories(hands.workplace().cache().resolve(name));
  }

  @Override
  public JsonNode masked(JsonNode tree) {
    return attempt.masks().in(tree);
  }

  @Override
  public void note(String line) {
    try {
      Files.writeString(
          hands.workplace().output(attempt), line + "\n", UTF_8, CREATE, WRITE, APPEND);
    } catch (IOException e) {
      LOG.warnf("A note in the log of attempt %s is lost: %s", attempt.id(), e);
    }
  }

  @Override
  public Finished run(List<String> argv, Map<String, String> environment)
      throws IOException, InterruptedException {
    CompletableFuture<Ended> end = new CompletableFuture<>();
    GuardedTask task =
        hands.guarded(attempt, new Plan.Command(argv, environment), true, null, end::complete);
    long printed = size(task.output());
    if (!attempt.enterGuard(() -> hands.guard().start(task, attempt.safeUntil()))) {
      throw new InterruptedException("to stop before " + argv.getFirst());
    }
    Ended ended = end.join(); // not interrupted: who stops the attempt stops the program, too
    attempt.leaveGuard();
    if (Thread.interrupted() || attempt.stopReason() != null) {
      throw new InterruptedException("stopped during " + argv.getFirst());
    }
    int code =
        switch (ended.why()) {
          case Ended.Exited(int exit) -> exit;
          case Ended.Killed(int signal) -> 128 + signal;
          case Ended.ExitedOrKilled(int exit, _) -> exit;
          case Ended.OutOfMemory _ -> 128 + 9;
          case Ended.Stopped _, Ended.LeaseOver _, Ended.Unguarded _, Ended.NotStarted _ ->
              throw new IOException(Verdict.of(ended, null).message());
        };
    return new Finished(code, tail(task.output(), printed));
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static String tail(Path file, long from) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(from, channel.size() - LAST_BYTES));
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }
}
