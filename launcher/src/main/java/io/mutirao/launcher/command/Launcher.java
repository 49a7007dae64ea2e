package io.mutirao.launcher.command;

import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.service.Installation;
import java.io.IOException;

/** The main class behind the script {@code mutirao}. Results go to stdout, all else to stderr. */
public final class Launcher {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  /** Ends with 0 when done, 1 when it could not be done, 2 when the command is wrong. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(Options.parse(args)));
  }

  private static int run(Command command) throws IOException, InterruptedException {
    try {
      return switch (command) {
        case Command.Up up -> Up.run(up);
        case Command.Down down -> Down.run(down.data());
        case Command.Ps ps -> ProcessTable.print(ps.data());
        case Command.Demo _ -> Demo.run();
        case Command.Bench bench -> Bench.run(bench, Installation.find());
        case Command.Train _ -> Training.run(Installation.find());
        case Command.Misuse misuse -> {
          System.err.println("mutirao: " + misuse.why());
          yield MISUSED;
        }
      };
    } catch (CannotStart e) {
      System.err.println("mutirao: " + e.words());
      return FAILED;
    }
  }

  private Launcher() {}
}
