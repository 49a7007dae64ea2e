package io.mutirao.launcher.command;

import io.mutirao.launcher.StopOrder;
import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StateFile;
import io.mutirao.launcher.process.Orphans;
import io.mutirao.launcher.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code down}: asks the launcher of the stack to end, or ends what a killed one left. */
public final class Down {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  public static int run(Path data) throws IOException, InterruptedException, CannotStart {
    Path folder = data.toAbsolutePath().normalize();
    Optional<StackState> state = StateFile.in(folder).read();
    Optional<ProcessHandle> launcher = state.flatMap(s -> s.launcher().alive());
    if (state.isPresent() && launcher.isPresent()) {
      System.err.println("mutirao: stopping the stack on " + folder);
      Signal.TERM.send(launcher.get());
      if (!Orphans.ended(state.get().launcher(), PATIENCE)) {
        System.err.println(
            "mutirao: the launcher (pid %d) has not ended within %d s; see %s"
                .formatted(
                    launcher.get().pid(),
                    PATIENCE.toSeconds(),
                    folder.resolve("logs/launcher.log")));
        return 1;
      }
      System.out.println("stopped " + folder);
      return 0;
    }
    if (state.isPresent() && Orphans.anyOf(state.get().processes())) {
      stopOrphans(folder, state.get());
      System.out.println("stopped " + folder);
      return 0;
    }
    System.out.println("nothing is running on " + folder);
    return 0;
  }

  private static void stopOrphans(Path folder, StackState state)
      throws CannotStart, IOException, InterruptedException {
    try (var _ = DataFolder.open(folder)) {
      new Orphans(StopOrder.sort(state.processes()), Progress.begin()).stop();
      StateFile.in(folder).delete();
    }
  }

  private Down() {}
}
