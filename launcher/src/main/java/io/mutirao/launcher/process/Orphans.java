package io.mutirao.launcher.process;

import io.mutirao.launcher.data.Identity;
import io.mutirao.launcher.data.StackState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Processes whose launcher was killed. They live on, but nobody would start them again. */
public record Orphans(List<StackState.Member> members, Consumer<String> says) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** Stops them in the order given; says which there were. */
  public void stop() throws InterruptedException {
    for (StackState.Member member : members) {
      var process = member.identity().alive();
      if (process.isPresent()) {
        says.accept(
            "stopping %s (pid %d), left over by a launcher that was killed"
                .formatted(member.name(), member.identity().pid()));
        end(member, process.get());
      }
    }
  }

  private static void end(StackState.Member member, ProcessHandle process)
      throws InterruptedException {
    Signal polite = member.name().equals("postgres") ? Signal.INT : Signal.TERM;
    polite.send(process);
    Signal.CONT.send(process);
    if (!ended(member.identity(), PATIENCE)) {
      Signal.KILL.send(process);
      ended(member.identity(), PATIENCE);
    }
  }

  /** Waits for the end of a process that need not be our child, so nobody tells us. */
  public static boolean ended(Identity process, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (process.alive().isPresent()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY);
    }
    return true;
  }

  /** Whether any of them lives. */
  public static boolean anyOf(List<StackState.Member> members) {
    return members.stream()
        .map(StackState.Member::identity)
        .map(Identity::alive)
        .anyMatch(Optional::isPresent);
  }
}
