package io.mutirao.launcher.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything one stack keeps. Opened by one launcher at a time: the lock goes
 * with the process, also when it is killed.
 */
public final class DataFolder implements AutoCloseable {

  /** The format of the folder that this launcher writes and reads. */
  static final int VERSION = 1;

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Makes the folder if it is not there, checks its version and locks it. */
  public static DataFolder open(Path wanted) throws CannotStart {
    Path path = wanted.toAbsolutePath().normalize();
    try {
      if (isFresh(path)) {
        Files.createDirectories(path);
        Files.writeString(path.resolve("VERSION"), VERSION + "\n");
      }
      refuseForeign(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(path.resolve("logs"));
      return new DataFolder(path, lock(path));
    } catch (IOException e) {
      throw new CannotStart("The data folder " + path + " cannot be used", e);
    }
  }

  private static boolean isFresh(Path path) throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    try (var files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  private static void refuseForeign(Path path) throws IOException, CannotStart {
    Path file = path.resolve("VERSION");
    if (!Files.exists(file)) {
      throw new CannotStart(
          path
              + " holds files but no VERSION: it is not a data folder of Mutirão. "
              + "Name an empty or a new folder with --data.");
    }
    String version = Files.readString(file).strip();
    if (!version.matches("\\d{1,9}") || Integer.parseInt(version) > VERSION) {
      throw new CannotStart(
          "The data in %s are of a newer Mutirão (format %s; this one knows up to %d). "
                  .formatted(path, version, VERSION)
              + "Start them with that version, or name another folder with --data.");
    }
  }

  private static FileChannel lock(Path path) throws IOException, CannotStart {
    FileChannel channel =
        FileChannel.open(
            path.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      String who =
          StateFile.in(path)
              .read()
              .map(s -> " (" + s.url() + ", launcher pid " + s.launcher().pid() + ")")
              .orElse("");
      throw new CannotStart(
          "A stack is already running on "
              + path
              + who
              + ". Stop it with: ./mutirao down --data "
              + path);
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // another stack of this very JVM holds it
    }
  }

  public Path path() {
    return path;
  }

  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** The log of one process. */
  public Path log(String process) {
    return path.resolve("logs").resolve(process + ".log");
  }

  /** Gives up the lock; the data stay. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
