package io.mutirao.worker.execution;

import io.mutirao.worker.guard.GuardedTask;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The folders that tasks run in, and the environment that they see.
 *
 * @param root this worker's own; what stands there is of an earlier life
 * @param cache shared by all attempts; outlives this life
 */
public record Workplace(Path root, Path cache, Map<String, String> base) {

  private static final Logger LOG = Logger.getLogger(Workplace.class);

  /**
   * Makes an empty one for this worker.
   *
   * @param cache is made if it is not there
   * @param environment the worker's own; only what a task may see is taken from it
   */
  public static Workplace prepare(
      Path folder, Path cache, String instance, Map<String, String> environment)
      throws IOException {
    Path root = folder.toAbsolutePath().normalize().resolve(instance);
    if (!root.startsWith(folder.toAbsolutePath().normalize()) || instance.contains("/")) {
      throw new IllegalArgumentException(
          "MUTIRAO_INSTANCE names a folder here and cannot be '" + instance + "'");
    }
    remove(root);
    Files.createDirectories(root);
    Map<String, String> base = new HashMap<>(environment);
    base.keySet().removeIf(name -> !isForTasks(name));
    return new Workplace(
        root, Files.createDirectories(cache.toAbsolutePath().normalize()), Map.copyOf(base));
  }

  /** Nothing of ours and no secret: what a program needs to find its way, and Python's settings. */
  private static boolean isForTasks(String name) {
    return switch (name) {
      case "PATH", "HOME", "LANG", "TZ", "USER", "LOGNAME", "TMPDIR", "MUTIRAO_WORKER_LABELS" ->
          true;
      default -> name.startsWith("LC_") || name.startsWith("PYTHON");
    };
  }

  Path folder(LiveAttempt attempt) {
    return root.resolve(attempt.id().toString());
  }

  /** Beside the folder, where the task's own files cannot get in its way. */
  Path output(LiveAttempt attempt) {
    return root.resolve(attempt.id() + ".log");
  }

  /**
   * From now on nothing that the attempt prints shows this. Before the task gets it: the guard
   * looks into this file whenever something was printed.
   */
  void hide(LiveAttempt attempt, byte[] secret) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (byte[] hidden : attempt.masks().hide(secret)) {
      lines.append(Base64.getEncoder().encodeToString(hidden)).append('\n');
    }
    Path file = masks(attempt);
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, lines, StandardOpenOption.APPEND);
  }

  private Path masks(LiveAttempt attempt) {
    return root.resolve(attempt.id() + ".log.masks");
  }

  Map<String, String> environment(LiveAttempt attempt, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(base);
    all.putAll(more);
    all.put("MUTIRAO_JOB_ID", attempt.offer().job().toString());
    all.put("MUTIRAO_RUN_ID", attempt.offer().run().toString());
    all.put(GuardedTask.MARK, attempt.id().toString());
    return all;
  }

  void clear(LiveAttempt attempt) {
    remove(folder(attempt));
    remove(output(attempt));
    remove(masks(attempt));
    remove(output(attempt).resolveSibling(attempt.id() + ".log.times"));
  }

  /** A task may have closed its folders; they are ours to open. */
  private static void open(Path folder) throws IOException {
    if (!Files.isWritable(folder) || !Files.isExecutable(folder) || !Files.isReadable(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Removes a tree, as far as it lets itself be removed. */
  private static void remove(Path tree) {
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              open(folder);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failed)
                throws IOException {
              if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(path)) {
                throw failed;
              }
              open(path);
              if (!Files.isReadable(path)) {
                throw failed;
              }
              remove(path);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException _) {
      LOG.debugf("%s is gone already", tree);
    } catch (IOException e) {
      LOG.warnf("What a task left cannot be removed and takes room: %s", e);
    }
  }
}
