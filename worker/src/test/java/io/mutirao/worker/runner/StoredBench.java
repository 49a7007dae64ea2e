package io.mutirao.worker.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import io.mutirao.runner.Workbench;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.desk.NotebookText;
import io.mutirao.worker.desk.Vault;
import io.mutirao.worker.secret.Masks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A workbench without a worker: objects in a directory, programs run as they are. */
public final class StoredBench implements Workbench, AutoCloseable {

  public final ObjectStore store;
  public final Masks masks = new Masks();
  public final List<String> notes = new ArrayList<>();
  public final ObjectNode told = JsonNodeFactory.instance.objectNode();
  private final Path folder;
  private final Desks desks;

  public StoredBench(Path folder) throws IOException {
    this.folder = folder;
    store = new DirectoryStore(folder.resolve("objects"));
    desks = Desks.in(folder, store, Vault.EMPTY);
  }

  public void put(String object, String text) throws IOException {
    store.put(new ObjectPath(object), new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Override
  public boolean fetch(String object, Path to) throws IOException {
    var piece = store.get(new ObjectPath(object), 0, 1 << 20);
    if (piece.isPresent()) {
      Files.createDirectories(to.resolveSibling(""));
      Files.write(to, piece.get().bytes());
    }
    return piece.isPresent();
  }

  @Override
  public List<String> list(String in) throws IOException {
    return store.list(new ObjectPath(in)).stream()
        .map(entry -> entry.folder() ? entry.name() + "/" : entry.name())
        .toList();
  }

  @Override
  public ObjectNode told() {
    return told;
  }

  @Override
  public String kindOf(String object) throws IOException {
    var notebook = NotebookText.kind(store, new ObjectPath(object));
    return notebook.language() + " " + notebook.format();
  }

  @Override
  public Path desk() throws IOException {
    return desks.of(2, 3);
  }

  @Override
  public Path cache(String name) throws IOException {
    return Files.createDirectories(folder.resolve("cache").resolve(name));
  }

  @Override
  public JsonNode masked(JsonNode tree) {
    return masks.in(tree);
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }

  @Override
  public void close() {
    desks.close();
  }

  @Override
  public Finished run(List<String> argv, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Finished(process.waitFor(), printed);
  }
}
