package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mutirao.objects.ObjectStore.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {

  private static final ObjectPath PATH = new ObjectPath("logs/17/18");

  @TempDir Path root;
  private DirectoryStore store;

  @BeforeEach
  void open() {
    store = new DirectoryStore(root.resolve("not/made/yet"));
  }

  @Test
  void whatWasPutIsRead() throws IOException {
    put(PATH, "hello");
    assertThat(read(PATH, 0, 100)).isEqualTo("hello");
    assertThat(store.exists(PATH)).isTrue();
  }

  @Test
  void aPieceKnowsTheSizeOfTheWhole() throws IOException {
    put(PATH, "hello");
    assertThat(read(PATH, 1, 3)).isEqualTo("ell");
    assertThat(read(PATH, 4, 3)).isEqualTo("o");
    assertThat(read(PATH, 9, 3)).isEmpty();
    assertThat(store.get(PATH, 1, 3).orElseThrow().size()).isEqualTo(5);
  }

  @Test
  void theLastPutWins() throws IOException {
    put(PATH, "a longer first");
    put(PATH, "second");
    assertThat(read(PATH, 0, 100)).isEqualTo("second");
  }

  @Test
  void whatIsNotThereIsAnEmptyAnswer() throws IOException {
    put(PATH, "hello");
    assertThat(store.get(new ObjectPath("logs/17/19"), 0, 1)).isEmpty();
    assertThat(store.get(new ObjectPath("logs/17"), 0, 1)).isEmpty();
    assertThat(store.exists(new ObjectPath("logs/17"))).isFalse();
  }

  @Test
  void aDeletedObjectIsGoneAndDeletingTwiceIsFine() throws IOException {
    put(PATH, "hello");
    store.delete(PATH);
    store.delete(PATH);
    store.delete(new ObjectPath("logs/17"));
    assertThat(store.exists(PATH)).isFalse();
  }

  @Test
  void aPutThatFailsLeavesTheOldAndNoTrace() throws IOException {
    put(PATH, "old");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the source broke");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("the source broke");
          }
        };
    assertThatThrownBy(() -> store.put(PATH, broken)).hasMessage("the source broke");
    assertThat(read(PATH, 0, 100)).isEqualTo("old");
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void anObjectCannotBeTheBeginningOfAPath() throws IOException {
    put(PATH, "hello");
    assertThatThrownBy(() -> put(new ObjectPath("logs/17/18/x"), "no"))
        .isInstanceOf(IOException.class);
    assertThat(read(PATH, 0, 100)).isEqualTo("hello");
  }

  @Test
  void aLogThatWasTooLongSaysSo() throws IOException {
    TaskLog.store(store, 1, 2, new ByteArrayInputStream(new byte[TaskLog.SHOWN_BYTES + 1]));
    TaskLog.store(store, 1, 3, new ByteArrayInputStream(new byte[TaskLog.SHOWN_BYTES]));
    assertThat(TaskLog.read(store, 1, 2).orElseThrow().truncated()).isTrue();
    assertThat(TaskLog.read(store, 1, 2).orElseThrow().text()).hasSize(TaskLog.SHOWN_BYTES);
    assertThat(TaskLog.read(store, 1, 3).orElseThrow().truncated()).isFalse();
    assertThat(TaskLog.read(store, 1, 4)).isEmpty();
  }

  @Test
  void ofManyWhoMayNotReplaceOneWins() throws Exception {
    List<Callable<Change>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String text = "by " + i;
      all.add(() -> store.put(PATH, bytes(text), false));
    }
    List<Change> changes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Change> each : threads.invokeAll(all)) {
        changes.add(each.get());
      }
    }
    assertThat(changes.stream().filter(Change.DONE::equals)).hasSize(1);
    assertThat(changes).containsOnly(Change.DONE, Change.TAKEN);
    assertThat(read(PATH, 0, 100)).isEqualTo("by " + changes.indexOf(Change.DONE));
  }

  @Test
  void aFolderNeverGivesWay() throws IOException {
    put(PATH, "hello");
    ObjectPath folder = new ObjectPath("logs/17");
    assertThat(store.put(folder, bytes("no"), true)).isEqualTo(Change.TAKEN);
    assertThat(store.makeFolder(PATH)).isEqualTo(Change.TAKEN);
    assertThat(store.makeFolder(new ObjectPath("logs/17/18/19"))).isEqualTo(Change.BLOCKED);
    assertThat(store.put(new ObjectPath("logs/17/18/19"), bytes("no"), true))
        .isEqualTo(Change.BLOCKED);
    assertThat(store.makeFolder(folder)).isEqualTo(Change.DONE);
    assertThat(read(PATH, 0, 100)).isEqualTo("hello");
  }

  @Test
  void whatIsAppendedComesInOrderAndWhole() throws Exception {
    assertThat(store.append(PATH, "ab".getBytes(UTF_8))).isEqualTo(0);
    assertThat(store.append(PATH, "c".getBytes(UTF_8))).isEqualTo(2);
    assertThat(read(PATH, 0, 100)).isEqualTo("abc");
    byte[] block = "x".repeat(100_000).getBytes(UTF_8);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 16; i++) {
        threads.submit(() -> store.append(new ObjectPath("many"), block));
      }
    }
    assertThat(store.find(new ObjectPath("many")).orElseThrow().size()).isEqualTo(1_600_000);
  }

  @Test
  void aFolderListsWhatIsInItByName() throws IOException {
    put(new ObjectPath("a/c"), "12");
    put(new ObjectPath("a/b/x"), "1");
    store.makeFolder(new ObjectPath("a/empty"));
    assertThat(store.list(new ObjectPath("a")))
        .extracting(Entry::name, Entry::folder, Entry::size)
        .containsExactly(tuple("b", true, 0L), tuple("c", false, 2L), tuple("empty", true, 0L));
    assertThat(store.list(new ObjectPath("a/c"))).isEmpty();
    assertThat(store.list(new ObjectPath("nowhere"))).isEmpty();
    assertThat(store.find(new ObjectPath("a/b")).orElseThrow().folder()).isTrue();
    assertThat(store.find(new ObjectPath("a/d"))).isEmpty();
  }

  @Test
  void aMoveTakesEverythingAlongAndWritesOverNothing() throws IOException {
    put(new ObjectPath("a/b/x"), "1");
    put(new ObjectPath("c"), "2");
    ObjectPath a = new ObjectPath("a");
    assertThat(store.move(a, new ObjectPath("d/e"), false)).isEqualTo(Change.DONE);
    assertThat(read(new ObjectPath("d/e/b/x"), 0, 9)).isEqualTo("1");
    assertThat(store.move(a, new ObjectPath("f"), false)).isEqualTo(Change.MISSING);
    ObjectPath c = new ObjectPath("c");
    ObjectPath x = new ObjectPath("d/e/b/x");
    assertThat(store.move(c, x, false)).isEqualTo(Change.TAKEN);
    assertThat(store.move(c, new ObjectPath("d"), true)).isEqualTo(Change.TAKEN);
    assertThat(store.move(new ObjectPath("d"), c, true)).isEqualTo(Change.TAKEN);
    assertThat(store.move(new ObjectPath("d"), new ObjectPath("d/e/f"), false))
        .isEqualTo(Change.BLOCKED);
    assertThat(store.move(c, new ObjectPath("d/e/b/x/y"), false)).isEqualTo(Change.BLOCKED);
    assertThat(store.move(c, x, true)).isEqualTo(Change.DONE);
    assertThat(read(x, 0, 9)).isEqualTo("2");
    assertThat(store.exists(c)).isFalse();
  }

  @Test
  void aFolderIsDeletedEmptyOrWhole() throws IOException {
    put(new ObjectPath("a/b/x"), "1");
    ObjectPath a = new ObjectPath("a");
    assertThat(store.delete(a, false)).isEqualTo(Change.NOT_EMPTY);
    assertThat(store.delete(a, true)).isEqualTo(Change.DONE);
    assertThat(store.delete(a, true)).isEqualTo(Change.MISSING);
    store.makeFolder(a);
    assertThat(store.delete(a, false)).isEqualTo(Change.DONE);
    assertThat(store.find(a)).isEmpty();
  }

  @Test
  void aSymbolicLinkLeadsNowhere() throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    put(new ObjectPath("a/x"), "1");
    Path inside = root.resolve("not/made/yet");
    Files.createSymbolicLink(inside.resolve("folder"), outside);
    Files.createSymbolicLink(inside.resolve("a/file"), outside.resolve("secret"));
    ObjectPath through = new ObjectPath("folder/secret");
    ObjectPath link = new ObjectPath("a/file");

    for (ObjectPath path : List.of(through, link)) {
      assertThat(store.get(path, 0, 100)).isEmpty();
      assertThat(store.find(path)).isEmpty();
      assertThat(store.exists(path)).isFalse();
      assertThat(store.put(path, bytes("no"), true)).isNotEqualTo(Change.DONE);
      assertThat(store.move(path, new ObjectPath("stolen"), true)).isEqualTo(Change.MISSING);
      assertThat(store.delete(path, true)).isEqualTo(Change.MISSING);
      assertThatThrownBy(() -> store.append(path, new byte[1])).isInstanceOf(IOException.class);
      store.delete(path);
    }
    assertThat(store.list(new ObjectPath("folder"))).isEmpty();
    assertThat(store.list(new ObjectPath("a"))).extracting(Entry::name).containsExactly("x");
    assertThat(store.makeFolder(new ObjectPath("folder/new"))).isEqualTo(Change.BLOCKED);
    assertThat(store.move(new ObjectPath("a/x"), new ObjectPath("folder/x"), true))
        .isEqualTo(Change.BLOCKED);
    assertThat(store.delete(new ObjectPath("a"), true)).isEqualTo(Change.DONE);
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(outside.toFile().list()).containsExactly("secret");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private void put(ObjectPath path, String text) throws IOException {
    store.put(path, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private String read(ObjectPath path, long from, int limit) throws IOException {
    return new String(store.get(path, from, limit).orElseThrow().bytes(), UTF_8);
  }
}
