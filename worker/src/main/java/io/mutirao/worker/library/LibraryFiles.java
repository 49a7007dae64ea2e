package io.mutirao.worker.library;

import io.mutirao.runner.Attempt;
import io.mutirao.worker.runner.python.ScriptFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that libraries name, brought into the attempt's folder, beside what the task itself has
 * there.
 *
 * @param local whether files of this machine may be used
 */
public record LibraryFiles(boolean local) {

  /**
   * Brings one.
   *
   * @param place differs for each file of the attempt, for two may have the same name
   */
  public Path bring(String file, int place, Attempt attempt) throws NotInstalled, IOException {
    String object = ScriptFile.object(file);
    if (object == null || file.startsWith(ScriptFile.LOCAL)) {
      return switch (ScriptFile.find(file, attempt, local)) {
        case ScriptFile.Found(Path found) -> found;
        case ScriptFile.Refused(var why) -> throw new NotInstalled(why.reason());
      };
    }
    Path copy =
        attempt
            .folder()
            .resolve(".libraries/" + place)
            .resolve(object.substring(object.lastIndexOf('/') + 1));
    try {
      if (attempt.bench().fetch(object, copy)) {
        return copy;
      }
    } catch (IOException e) {
      throw new NotInstalled(file + " cannot be read: " + e.getMessage());
    }
    throw new NotInstalled(file + " does not exist");
  }

  /** The end of a file's name. */
  static boolean isNamed(Path file, @Nullable String ending) {
    return ending != null && file.getFileName().toString().endsWith(ending);
  }
}
