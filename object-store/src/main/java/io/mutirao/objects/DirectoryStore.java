package io.mutirao.objects;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects as files below one directory, the paths as they are. The services that share it must see
 * the same directory. Unlike in a bucket, a name cannot be an object and the beginning of a path at
 * once: the second put fails.
 */
public final class DirectoryStore implements ObjectStore {

  private final Path root;

  public DirectoryStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void put(ObjectPath path, InputStream content) throws IOException {
    Path file = file(path);
    Path folder = file.resolveSibling("");
    Path upload = folder.resolve(ObjectPath.UPLOAD + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(upload, WRITE, CREATE_NEW)) {
        content.transferTo(Channels.newOutputStream(channel));
      }
      Files.move(upload, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("the beginning of the path " + path + " is an object itself", e);
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  @Override
  public Optional<Piece> get(ObjectPath path, long from, int limit) throws IOException {
    Path file = file(path);
    if (Files.isDirectory(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(size - from, 0, limit));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // A file that became shorter meanwhile gives what it has.
      }
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      return Optional.of(new Piece(read, size));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists(ObjectPath path) {
    return Files.isRegularFile(file(path));
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    Path file = file(path);
    if (!Files.isDirectory(file)) {
      Files.deleteIfExists(file);
    }
  }

  private Path file(ObjectPath path) {
    Path file = root.resolve(path.value());
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException(path + " leads out of the store");
    }
    return file;
  }
}
