package io.mutirao.launcher.command;

import java.nio.file.Path;
import java.util.Optional;

/** A command of the script, with what was given to it. */
public sealed interface Command {

  /** Starts a stack and stays with it until it is stopped. */
  record Up(Path data, int port, Optional<String> token, int workers) implements Command {}

  /** Stops the stack on that folder. */
  record Down(Path data) implements Command {}

  /** Lists the processes of the stack on that folder. */
  record Ps(Path data) implements Command {}

  /** Shows one job from its definition to its output. */
  record Demo() implements Command {}

  /** Runs the benchmark on the stack of that folder, or on one of its own. */
  record Bench(Optional<Path> data) implements Command {}

  /** Makes the AOT caches of this build. Called by the script, not by people. */
  record Train() implements Command {}

  /** Not a command of ours. */
  record Misuse(String why) implements Command {}
}
