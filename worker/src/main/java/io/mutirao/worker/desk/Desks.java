package io.mutirao.worker.desk;

import io.mutirao.objects.ObjectStore;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The desks of this worker's attempts, each open while its attempt lives. */
public final class Desks implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Desks.class);

  private final Path folder;
  private final ObjectStore store;
  private final Vault vault;
  private final Map<Long, ServerSocketChannel> open = new ConcurrentHashMap<>();

  private Desks(Path folder, ObjectStore store, Vault vault) {
    this.folder = folder;
    this.store = store;
    this.vault = vault;
  }

  /**
   * Opens a folder for them. A short one: the name of a socket has at most some hundred bytes.
   *
   * @param owner the worker's own folder; the same gets the same again, and it is emptied
   */
  public static Desks in(Path owner, ObjectStore store, Vault vault) throws IOException {
    String name = "mutirao-desks-" + Integer.toHexString(owner.toString().hashCode());
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve(name);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> left = Files.list(folder)) {
        for (Path each : (Iterable<Path>) left::iterator) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
    // Others may pass through it, but see no names; each socket is for who knows it.
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    return new Desks(folder, store, vault);
  }

  /** The socket of an attempt's desk; opened with the first call. */
  public Path of(long run, long attempt) throws IOException {
    Path socket = socket(attempt);
    if (!open.containsKey(attempt)) {
      ServerSocketChannel server =
          ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
              .bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
      open.put(attempt, server);
      Thread.ofVirtual()
          .name("desk-" + attempt)
          .start(() -> new Desk(run, attempt, store, vault).serve(server));
    }
    return socket;
  }

  private Path socket(long attempt) {
    return folder.resolve(Long.toString(attempt));
  }

  /** Of an attempt without one: nothing. */
  public void close(long attempt) {
    ServerSocketChannel server = open.remove(attempt);
    if (server != null) {
      try {
        server.close();
        Files.deleteIfExists(socket(attempt));
      } catch (IOException e) {
        LOG.warnf("The desk of attempt %s cannot be closed: %s", attempt, e);
      }
    }
  }

  @Override
  public void close() {
    open.keySet().forEach(this::close);
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debugf("The folder of the desks stays: %s", e);
    }
  }
}
