package io.mutirao.worker.guard;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program to run under the guard.
 *
 * @param attempt names it in {@code stop} and {@code renew}; used once
 * @param environment the whole of it; holds {@link #MARK} with the attempt's id
 * @param folder exists; its working directory
 * @param output the file for what it prints, both channels in order
 * @param kept how many bytes of that, at most
 * @param walled whether {@code argv} is bubblewrap with the program behind it
 * @param warm what an interpreter that waits may run instead of {@code argv}; null: none may
 * @param groups which limit it; empty: none
 * @param onEnd called once, by a thread of the guard's: must not block for long
 */
public record GuardedTask(
    long attempt,
    List<String> argv,
    Map<String, String> environment,
    Path folder,
    Path output,
    int kept,
    boolean walled,
    @Nullable Script warm,
    List<Group> groups,
    Consumer<Ended> onEnd) {

  /**
   * A group of the kernel (cgroup), the task's own.
   *
   * @param files what is to stand in its files, by name
   */
  public record Group(String path, Map<String, String> files) {
    public Group {
      files = Map.copyOf(files);
    }
  }

  /** A Python script and its arguments, for this interpreter. */
  public record Script(Path python, Path file, List<String> arguments) {
    public Script {
      arguments = List.copyOf(arguments);
    }
  }

  /** By this variable the processes of a task are found, should their guard be gone. */
  public static final String MARK = "MUTIRAO_ATTEMPT_ID";
}
