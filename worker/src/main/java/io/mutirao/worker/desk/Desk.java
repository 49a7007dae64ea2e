package io.mutirao.worker.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.Entry;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.Piece;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Answers one attempt: a line of JSON and its bytes come, a line of JSON and its bytes go, one
 * question for each connection. Reads DBFS and the workspace, writes DBFS, asks for secrets.
 */
final class Desk {

  private static final Logger LOG = Logger.getLogger(Desk.class);
  private static final int PIECE = 1024 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;

  /** What was asked cannot be answered; told to the task. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why, null, false, false);
    }
  }

  private final long run;
  private final long attempt;
  private final ObjectStore store;
  private final Vault vault;

  Desk(long run, long attempt, ObjectStore store, Vault vault) {
    this.run = run;
    this.attempt = attempt;
    this.store = store;
    this.vault = vault;
  }

  /** Until the server is closed. */
  void serve(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel asking = server.accept();
        Thread.ofVirtual().name("desk-" + attempt).start(() -> answer(asking));
      }
    } catch (ClosedChannelException e) {
      LOG.debugf("The desk of attempt %s is closed", attempt);
    } catch (IOException e) {
      LOG.warnf("The desk of attempt %s serves no more: %s", attempt, e);
    }
  }

  private void answer(SocketChannel asking) {
    try (asking;
        InputStream in = new BufferedInputStream(Channels.newInputStream(asking));
        OutputStream out = Channels.newOutputStream(asking)) {
      InputStream body = InputStream.nullInputStream();
      try {
        JsonNode question = Codec.JSON.readTree(line(in));
        body = new Bounded(in, question.path("bytes").asLong());
        answer(question, body, out);
      } catch (Refused e) {
        // All that was sent is read: else the answer would be lost with it.
        body.transferTo(OutputStream.nullOutputStream());
        say(out, Codec.JSON.createObjectNode().put("error", e.getMessage()));
      } catch (InterruptedException e) {
        say(out, Codec.JSON.createObjectNode().put("error", "the worker stops"));
      }
    } catch (IOException | RuntimeException e) {
      LOG.debugf("Attempt %s asked and did not wait for the answer: %s", attempt, e);
    }
  }

  private static byte[] line(InputStream in) throws IOException, Refused {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new Refused("the question is too long");
      }
    }
    return line.toByteArray();
  }

  private void answer(JsonNode question, InputStream in, OutputStream out)
      throws IOException, InterruptedException, Refused {
    String what = question.path("do").asText();
    try {
      switch (what) {
        case "get" -> send(readable(question), Codec.JSON.createObjectNode(), out);
        case "notebook" -> notebook(readable(question), out);
        case "put" -> put(question, in, out);
        case "list" -> list(readable(question), out);
        case "mkdirs" -> say(out, changed(store.makeFolder(writable(question)), question));
        case "delete" ->
            say(
                out,
                changed(
                    store.delete(writable(question), question.path("whole").asBoolean()),
                    question));
        case "secret" -> secret(question, out);
        case "secrets" ->
            names("keys", vault.keys(run, attempt, question.path("scope").asText()), out);
        case "scopes" -> names("scopes", vault.scopes(run, attempt), out);
        default -> throw new Refused("the worker does not know how to " + what);
      }
    } catch (RuntimeException e) {
      LOG.warnf(e, "A question of attempt %s failed", attempt);
      throw new Refused("the worker failed at " + what);
    }
  }

  private static ObjectPath readable(JsonNode question) throws Refused {
    ObjectPath path = path(question);
    String root = root(path);
    if (!root.equals("dbfs") && !root.equals("workspace")) {
      throw new Refused(path + " is not for tasks");
    }
    return path;
  }

  private static ObjectPath writable(JsonNode question) throws Refused {
    ObjectPath path = path(question);
    if (!root(path).equals("dbfs") || path.value().equals("dbfs")) {
      throw new Refused(shown(path) + " cannot be changed by a task");
    }
    return path;
  }

  private static String root(ObjectPath path) {
    return path.value().split("/", 2)[0];
  }

  private static ObjectPath path(JsonNode question) throws Refused {
    String path = question.path("path").asText();
    String wrong = ObjectPath.wrongWith(path);
    if (wrong != null) {
      throw new Refused("not a path: " + wrong);
    }
    return new ObjectPath(path);
  }

  /** As the user writes it. */
  private static String shown(ObjectPath path) {
    return path.value().startsWith("dbfs")
        ? "dbfs:/" + path.value().substring("dbfs".length()).replaceFirst("^/", "")
        : path.value().replaceFirst("^workspace", "");
  }

  private void send(ObjectPath path, ObjectNode words, OutputStream out)
      throws IOException, Refused {
    Optional<Piece> piece = store.get(path, 0, PIECE);
    if (piece.isEmpty()) {
      throw new Refused(shown(path) + " does not exist");
    }
    long size = piece.get().size();
    say(out, words.put("bytes", size));
    long sent = 0;
    while (piece.isPresent() && piece.get().bytes().length > 0 && sent < size) {
      byte[] bytes = piece.get().bytes();
      int left = (int) Math.min(bytes.length, size - sent);
      out.write(bytes, 0, left);
      sent += left;
      piece = sent < size ? store.get(path, sent, PIECE) : Optional.empty();
    }
  }

  private void notebook(ObjectPath path, OutputStream out) throws IOException, Refused {
    ObjectNode words = Codec.JSON.createObjectNode();
    Notebook notebook = NotebookText.kind(store, path);
    send(
        path,
        words.put("format", notebook.format().name()).put("language", notebook.language().name()),
        out);
  }

  private void put(JsonNode question, InputStream in, OutputStream out)
      throws IOException, Refused {
    ObjectPath path = writable(question);
    ObjectStore.Change change = store.put(path, in, question.path("replace").asBoolean());
    if (change == ObjectStore.Change.TAKEN) {
      throw new Refused(shown(path) + " exists already; overwrite=True replaces a file");
    }
    say(out, changed(change, question));
  }

  private static ObjectNode changed(ObjectStore.Change change, JsonNode question) throws Refused {
    String path = shown(path(question));
    return switch (change) {
      case DONE -> Codec.JSON.createObjectNode().put("done", true);
      case MISSING -> Codec.JSON.createObjectNode().put("done", false);
      case TAKEN -> throw new Refused(path + " exists already");
      case BLOCKED -> throw new Refused("a part of " + path + " is a file and not a folder");
      case NOT_EMPTY -> throw new Refused(path + " is not empty; recurse=True deletes all of it");
    };
  }

  private void list(ObjectPath path, OutputStream out) throws IOException, Refused {
    Optional<Entry> found = store.find(path);
    boolean root = path.value().equals("dbfs");
    if (found.isEmpty() && !root) {
      throw new Refused(shown(path) + " does not exist");
    }
    boolean folder = root || found.orElseThrow().folder();
    ObjectNode answer = Codec.JSON.createObjectNode().put("folder", folder);
    String in = path.value();
    answer.put("path", folder ? in : in.substring(0, in.lastIndexOf('/')));
    ArrayNode entries = answer.putArray("entries");
    for (Entry entry : folder ? store.list(path) : List.of(found.orElseThrow())) {
      entries
          .addObject()
          .put("name", entry.name())
          .put("folder", entry.folder())
          .put("size", entry.size())
          .put("modified", entry.modifiedAt().toEpochMilli());
    }
    say(out, answer);
  }

  private void secret(JsonNode question, OutputStream out)
      throws IOException, InterruptedException, Refused {
    String scope = question.path("scope").asText();
    String key = question.path("key").asText();
    byte[] secret =
        vault
            .secret(run, attempt, scope, key)
            .orElseThrow(() ->
                new Refused("Secret does not exist with scope: " + scope + " and key: " + key));
    say(out, Codec.JSON.createObjectNode().put("bytes", secret.length));
    out.write(secret);
  }

  private static void names(String field, List<String> names, OutputStream out) throws IOException {
    ObjectNode answer = Codec.JSON.createObjectNode();
    names.forEach(answer.putArray(field)::add);
    say(out, answer);
  }

  private static void say(OutputStream out, ObjectNode words) throws IOException {
    out.write((words + "\n").getBytes(UTF_8));
  }
}
