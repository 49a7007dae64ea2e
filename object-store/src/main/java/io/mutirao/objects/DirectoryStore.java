package io.mutirao.objects;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files below one directory, the paths as they are. The services that share it must see
 * the same directory. Unlike in a bucket, a name cannot be an object and the beginning of a path at
 * once: the second put fails. A symbolic link in the directory is not followed, wherever it leads:
 * for the store it is not there.
 */
public final class DirectoryStore implements ObjectStore {

  /** Within this process; other processes are held off by a lock on the file. */
  private static final ReentrantLock appending = new ReentrantLock();

  private final Path root;

  public DirectoryStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void put(ObjectPath path, InputStream content) throws IOException {
    Change change = put(path, content, true);
    if (change != Change.DONE) {
      throw new IOException(
          change == Change.TAKEN
              ? path + " is a folder"
              : "the beginning of the path " + path + " is an object itself");
    }
  }

  @Override
  public Change put(ObjectPath path, InputStream content, boolean replace) throws IOException {
    Path file = file(path);
    Change before = canStand(file, replace);
    if (before != Change.DONE) {
      return before;
    }
    Path folder = file.resolveSibling("");
    Path upload = folder.resolve(ObjectPath.UPLOAD + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(upload, WRITE, CREATE_NEW)) {
        content.transferTo(Channels.newOutputStream(channel));
      }
      if (replace) {
        Files.move(upload, file, ATOMIC_MOVE, REPLACE_EXISTING);
      } else {
        Files.createLink(file, upload); // unlike a move, never over what stands there
      }
      return Change.DONE;
    } catch (FileSystemException e) {
      Change after = canStand(file, replace);
      if (after == Change.DONE) {
        throw e;
      }
      return after; // somebody else was faster
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  /** Whether an object can come to stand there. */
  private Change canStand(Path file, boolean replace) {
    if (isBlocked(file)) {
      return Change.BLOCKED;
    }
    boolean free = !Files.exists(file, NOFOLLOW_LINKS);
    return free || (replace && Files.isRegularFile(file, NOFOLLOW_LINKS))
        ? Change.DONE
        : Change.TAKEN;
  }

  /** Whether anything above it is there and no folder: an object, or a link. */
  private boolean isBlocked(Path file) {
    for (Path above = parent(file); above != null && !above.equals(root); above = parent(above)) {
      if (Files.exists(above, NOFOLLOW_LINKS) && !Files.isDirectory(above, NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Path parent(Path path) {
    return path.getParent();
  }

  @Override
  public long append(ObjectPath path, byte[] bytes) throws IOException {
    Path file = file(path);
    Change can = canStand(file, true);
    if (can != Change.DONE) {
      throw new IOException("there can be no object at " + path + ": " + can);
    }
    Files.createDirectories(file.resolveSibling(""));
    appending.lock();
    try (FileChannel channel = FileChannel.open(file, WRITE, CREATE, NOFOLLOW_LINKS);
        FileLock _ = channel.lock()) {
      long size = channel.size();
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      try {
        while (rest.hasRemaining()) {
          channel.write(rest, size + rest.position());
        }
      } catch (IOException e) {
        channel.truncate(size);
        throw e;
      }
      return size;
    } finally {
      appending.unlock();
    }
  }

  @Override
  public Optional<Piece> get(ObjectPath path, long from, int limit) throws IOException {
    Path file = file(path);
    if (isBlocked(file) || !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
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
    Path file = file(path);
    return !isBlocked(file) && Files.isRegularFile(file, NOFOLLOW_LINKS);
  }

  @Override
  public Optional<Entry> find(ObjectPath path) throws IOException {
    Path file = file(path);
    return isBlocked(file) ? Optional.empty() : entry(path, file);
  }

  private static Optional<Entry> entry(ObjectPath path, Path file) throws IOException {
    try {
      var seen = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return seen.isDirectory() || seen.isRegularFile()
          ? Optional.of(
              new Entry(
                  path,
                  seen.isDirectory(),
                  seen.isDirectory() ? 0 : seen.size(),
                  seen.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public List<Entry> list(ObjectPath folder) throws IOException {
    Path directory = file(folder);
    if (isBlocked(directory) || !Files.isDirectory(directory, NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        ObjectPath path = ObjectPath.ifOne(folder + "/" + file.getFileName());
        if (path != null) {
          entry(path, file).ifPresent(entries::add);
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public Change makeFolder(ObjectPath folder) throws IOException {
    Path directory = file(folder);
    if (isBlocked(directory)) {
      return Change.BLOCKED;
    }
    if (Files.exists(directory, NOFOLLOW_LINKS) && !Files.isDirectory(directory, NOFOLLOW_LINKS)) {
      return Change.TAKEN;
    }
    try {
      Files.createDirectories(directory);
      return Change.DONE;
    } catch (FileAlreadyExistsException _) {
      return Change.TAKEN;
    }
  }

  @Override
  public Change move(ObjectPath from, ObjectPath to, boolean replace) throws IOException {
    Path source = file(from);
    Path target = file(to);
    if (find(from).isEmpty()) {
      return Change.MISSING;
    }
    if (isBlocked(target) || target.startsWith(source)) {
      return source.equals(target) ? Change.TAKEN : Change.BLOCKED;
    }
    boolean object = Files.isRegularFile(source, NOFOLLOW_LINKS);
    Change can = canStand(target, object && replace);
    if (can != Change.DONE) {
      return can;
    }
    Files.createDirectories(target.resolveSibling(""));
    if (object) {
      return replace ? moveOver(source, target) : moveFile(source, target);
    }
    try {
      Files.move(source, target, ATOMIC_MOVE);
      return Change.DONE;
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException _) {
      return Change.TAKEN;
    }
  }

  private static Change moveOver(Path source, Path target) throws IOException {
    try {
      Files.move(source, target, ATOMIC_MOVE, REPLACE_EXISTING);
      return Change.DONE;
    } catch (NoSuchFileException _) {
      return Change.MISSING;
    }
  }

  /** By a second name first: whoever came to stand there meanwhile is not written over. */
  private static Change moveFile(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (FileAlreadyExistsException _) {
      return Change.TAKEN;
    } catch (NoSuchFileException _) {
      return Change.MISSING;
    }
    Files.deleteIfExists(source);
    return Change.DONE;
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    Path file = file(path);
    if (!isBlocked(file) && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public Change delete(ObjectPath path, boolean whole) throws IOException {
    Path file = file(path);
    if (find(path).isEmpty()) {
      return Change.MISSING;
    }
    if (whole) {
      // Without following links, and what is in a folder before the folder.
      try (Stream<Path> tree = Files.walk(file)) {
        for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
      return Change.DONE;
    }
    try {
      Files.deleteIfExists(file);
      return Change.DONE;
    } catch (DirectoryNotEmptyException _) {
      return Change.NOT_EMPTY;
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
