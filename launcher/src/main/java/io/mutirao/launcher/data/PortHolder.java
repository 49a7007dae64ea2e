package io.mutirao.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out who listens on a port, as far as the system lets us see. */
public final class PortHolder {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  /** For example {@code python3 (pid 4711)}; empty when it belongs to somebody we cannot see. */
  public static Optional<String> of(int port) {
    try {
      Set<String> sockets = sockets(port);
      try (var processes = Files.list(PROC)) {
        return processes
            .filter(p -> p.getFileName().toString().matches("\\d+"))
            .filter(p -> holdsOneOf(p, sockets))
            .findFirst()
            .map(p -> name(p) + " (pid " + p.getFileName() + ")");
      }
    } catch (IOException _) {
      return Optional.empty(); // no /proc here: the message goes without the name
    }
  }

  private static Set<String> sockets(int port) throws IOException {
    String hex = ":%04X".formatted(port);
    try (var v4 = Files.lines(PROC.resolve("net/tcp"));
        var v6 = Files.lines(PROC.resolve("net/tcp6"))) {
      return Stream.concat(v4, v6)
          .map(line -> line.strip().split("\\s+"))
          .filter(f -> f.length > 9 && f[1].endsWith(hex) && f[3].equals(LISTENING))
          .map(f -> "socket:[" + f[9] + "]")
          .collect(Collectors.toSet());
    }
  }

  private static boolean holdsOneOf(Path process, Set<String> sockets) {
    try (var descriptors = Files.list(process.resolve("fd"))) {
      return descriptors.anyMatch(fd -> {
        try {
          return sockets.contains(Files.readSymbolicLink(fd).toString());
        } catch (IOException _) {
          return false; // closed while we looked
        }
      });
    } catch (IOException _) {
      return false; // another user's process, or gone
    }
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException _) {
      return "a process";
    }
  }

  private PortHolder() {}
}
