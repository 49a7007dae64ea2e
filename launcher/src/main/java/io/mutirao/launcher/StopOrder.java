package io.mutirao.launcher;

import io.mutirao.launcher.data.StackState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * First who lets work in, then who does it, last what keeps it: services strictly before the
 * broker, else its groups wait out the sessions at the next start.
 */
public final class StopOrder {

  private static final List<String> KINDS =
      List.of(
          "api-gateway",
          "job-registry",
          "worker",
          "run-dispatcher",
          "notifier",
          "kafka",
          "postgres");

  public static List<String> of(Collection<String> names) {
    return names.stream().sorted(Comparator.comparingInt(StopOrder::rank)).toList();
  }

  public static List<StackState.Member> sort(Collection<StackState.Member> members) {
    return members.stream().sorted(Comparator.comparingInt(m -> rank(m.name()))).toList();
  }

  private static int rank(String name) {
    return KINDS.indexOf(name.replaceFirst("-\\d+$", ""));
  }

  private StopOrder() {}
}
