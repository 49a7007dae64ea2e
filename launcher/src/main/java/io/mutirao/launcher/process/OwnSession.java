package io.mutirao.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps a terminal's Ctrl-C away from the children: the launcher stops them, in its order. */
public final class OwnSession {

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final boolean THERE = Files.isExecutable(SETSID);

  /** The command in a session of its own; it keeps its pid. */
  public static List<String> of(List<String> command) {
    if (!THERE) {
      return command;
    }
    var wrapped = new ArrayList<>(List.of(SETSID.toString()));
    wrapped.addAll(command);
    return wrapped;
  }

  private OwnSession() {}
}
