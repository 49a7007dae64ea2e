package io.mutirao.launcher.command;

import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code ps}: {@code NAME PID PORT STATE}, a line for each process. */
public final class ProcessTable {

  public static int print(Path data) throws IOException {
    Optional<StackState> state = StateFile.in(data.toAbsolutePath().normalize()).read();
    if (state.isEmpty()) {
      System.err.println("mutirao: nothing is running on " + data.toAbsolutePath().normalize());
      return 0;
    }
    if (state.get().launcher().alive().isEmpty()) {
      System.err.println(
          "mutirao: the launcher was killed; what still lives is listed, nobody starts it again. "
              + "up or down will end it.");
    }
    state.get().processes().forEach(ProcessTable::print);
    return 0;
  }

  private static void print(StackState.Member member) {
    boolean alive = member.identity().alive().isPresent();
    System.out.printf(
        "%s %s %d %s%n",
        member.name(),
        alive ? Long.toString(member.identity().pid()) : "-",
        member.port(),
        alive ? (member.identity().suspended() ? "suspended" : member.state()) : "down");
  }

  private ProcessTable() {}
}
