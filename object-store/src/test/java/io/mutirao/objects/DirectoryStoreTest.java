package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    TaskLog.store(store, 1, 2, new ByteArrayInputStream(new byte[TaskLog.STORED_BYTES]));
    TaskLog.store(store, 1, 3, new ByteArrayInputStream(new byte[TaskLog.KEPT_BYTES]));
    assertThat(TaskLog.read(store, 1, 2).orElseThrow().truncated()).isTrue();
    assertThat(TaskLog.read(store, 1, 2).orElseThrow().text()).hasSize(TaskLog.KEPT_BYTES);
    assertThat(TaskLog.read(store, 1, 3).orElseThrow().truncated()).isFalse();
    assertThat(TaskLog.read(store, 1, 4)).isEmpty();
  }

  private void put(ObjectPath path, String text) throws IOException {
    store.put(path, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private String read(ObjectPath path, long from, int limit) throws IOException {
    return new String(store.get(path, from, limit).orElseThrow().bytes(), UTF_8);
  }
}
