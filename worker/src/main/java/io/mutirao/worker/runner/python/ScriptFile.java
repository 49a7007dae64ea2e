package io.mutirao.worker.runner.python;

import io.mutirao.objects.ObjectPath;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a task's program stands. {@code dbfs:/X} and a path of the workspace ({@code /Users/ana/X},
 * also written {@code /Workspace/Users/ana/X}) are copied into the attempt's folder; {@code
 * file:/X}, taken literally, is a file of this machine.
 */
public sealed interface ScriptFile {

  record Found(Path file) implements ScriptFile {}

  record Refused(Plan.Rejected why) implements ScriptFile {}

  String LOCAL = "file:";
  String DBFS = "dbfs:";
  String WORKSPACE = "/Workspace/";

  /**
   * Finds it.
   *
   * @param local whether files of this machine may be run at all
   */
  static ScriptFile find(@Nullable String file, Attempt attempt, boolean local) throws IOException {
    if (file == null) {
      return refused("no file is named", Plan.Why.INVALID);
    }
    if (file.startsWith(LOCAL)) {
      return ofMachine(file, local);
    }
    String object = object(file);
    if (object == null) {
      return refused(
          "this worker runs files of the form dbfs:/path, /path/in/the/workspace or file:/path, not "
              + file,
          Plan.Why.INVALID);
    }
    String wrong = ObjectPath.wrongWith(object);
    if (wrong != null) {
      return refused(file + " is not a path: " + wrong, Plan.Why.INVALID);
    }
    Path copy = attempt.folder().resolve(object.substring(object.lastIndexOf('/') + 1));
    return attempt.bench().fetch(object, copy)
        ? new Found(copy)
        : refused(file + " does not exist", Plan.Why.NOT_FOUND);
  }

  /** The object that holds what stands at a path of DBFS or of the workspace; null: at neither. */
  static @Nullable String object(String file) {
    if (file.startsWith(DBFS + "/")) {
      return "dbfs/" + withoutSlashes(file.substring(DBFS.length()));
    }
    if (file.startsWith(WORKSPACE)) {
      return "workspace/" + withoutSlashes(file.substring(WORKSPACE.length()));
    }
    return file.startsWith("/") ? "workspace/" + withoutSlashes(file) : null;
  }

  private static String withoutSlashes(String path) {
    return path.replaceFirst("^/+", "");
  }

  private static ScriptFile ofMachine(String file, boolean allowed) {
    if (!allowed) {
      return refused(
          "this worker does not run files of its own machine (%s); MUTIRAO_WORKER_LOCAL_FILES=true allows it"
              .formatted(file),
          Plan.Why.INVALID);
    }
    String path = file.substring(LOCAL.length());
    if (path.startsWith("///")) {
      path = path.substring(2);
    }
    if (!path.startsWith("/") || path.startsWith("//")) {
      return refused(
          "the path of a file is absolute, as file:/absolute/path, not " + file, Plan.Why.INVALID);
    }
    try {
      return ofMachine(Path.of(path), file);
    } catch (InvalidPathException e) {
      return refused(file + " is not a path: " + e.getReason(), Plan.Why.INVALID);
    }
  }

  private static ScriptFile ofMachine(Path path, String file) {
    if (!Files.exists(path)) {
      return refused(file + " does not exist on this worker", Plan.Why.NOT_FOUND);
    }
    if (!Files.isRegularFile(path)) {
      return refused(file + " is not a file", Plan.Why.NOT_FOUND);
    }
    if (!Files.isReadable(path)) {
      return refused(file + " may not be read by this worker", Plan.Why.NOT_FOUND);
    }
    return new Found(path);
  }

  private static Refused refused(String reason, Plan.Why why) {
    return new Refused(new Plan.Rejected(reason, why));
  }
}
