package io.mutirao.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a runner decided to do with an attempt. */
public sealed interface Plan {

  /**
   * Run a program in the attempt's folder. Exit code 0 is success.
   *
   * @param argv the program as an absolute path, then its arguments
   * @param environment comes on top of the clean environment that every task gets
   * @param given files and folders that it is to see besides the attempt's folder and the cache
   */
  record Command(List<String> argv, Map<String, String> environment, List<Path> given)
      implements Plan {
    public Command {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
      given = List.copyOf(given);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("argv: at least the program");
      }
    }

    public Command(List<String> argv, Map<String, String> environment) {
      this(argv, environment, List.of());
    }

    public Command(List<String> argv) {
      this(argv, Map.of());
    }
  }

  /**
   * Run a Python script of the attempt's: as a {@link Command}, but an interpreter may be ready for
   * it.
   *
   * @param python the interpreter; null: the worker's own
   * @param environment as of a {@link Command}, but nothing that an interpreter heeds when it
   *     starts
   */
  record Script(
      Path file, List<String> arguments, @Nullable Path python, Map<String, String> environment)
      implements Plan {
    public Script {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    public Script(Path file, List<String> arguments) {
      this(file, arguments, null, Map.of());
    }

    /**
     * As a program without an interpreter that waits: unbuffered, so that output is seen as it
     * comes, and an error stands after what came before it.
     */
    public Command command(Path own) {
      List<String> argv = new ArrayList<>();
      argv.add((python == null ? own : python).toString());
      argv.add("-u");
      argv.add(file.toString());
      argv.addAll(arguments);
      return new Command(argv, environment, List.of(file));
    }
  }

  /** There is nothing to execute: the task has succeeded. */
  record Done() implements Plan {}

  /**
   * The attempt fails before anything was executed.
   *
   * @param reason one line for the user: what is wrong and, if somebody can, how to mend it
   */
  record Rejected(String reason, Why why) implements Plan {
    public Rejected {
      Objects.requireNonNull(reason, "reason is missing");
    }

    public Rejected(String reason) {
      this(reason, Why.OTHER);
    }
  }

  /** What kind of reason it is. */
  enum Why {
    /** What it is told makes no sense. */
    INVALID,
    /** A file, a notebook or another thing that it names is not there. */
    NOT_FOUND,
    /** A library cannot be installed. */
    LIBRARY,
    OTHER
  }
}
