package io.mutirao.launcher.command;

import io.mutirao.launcher.command.Command.Misuse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a command line. */
public final class Options {

  static final int DEFAULT_PORT = 8080;
  static final int MOST_WORKERS = 64;
  private static final Path DEFAULT_DATA = Path.of(".mutirao");

  /** The command, or what is wrong with it. */
  public static Command parse(String... args) {
    if (args.length == 0) {
      return new Misuse("no command given");
    }
    String command = args[0];
    Set<String> allowed =
        switch (command) {
          case "up" -> Set.of("--port", "--data", "--token", "--workers");
          case "down", "ps", "bench" -> Set.of("--data");
          default -> Set.of();
        };
    var given = new HashMap<String, String>();
    for (int i = 1; i < args.length; i += 2) {
      if (!allowed.contains(args[i])) {
        return new Misuse(command + " does not know " + args[i]);
      }
      if (i + 1 == args.length || args[i + 1].isEmpty()) {
        return new Misuse(args[i] + " needs a value");
      }
      given.put(args[i], args[i + 1]);
    }
    return switch (command) {
      case "up" -> up(given);
      case "down" -> new Command.Down(data(given).orElse(DEFAULT_DATA));
      case "ps" -> new Command.Ps(data(given).orElse(DEFAULT_DATA));
      case "bench" -> new Command.Bench(data(given));
      case "demo" -> new Command.Demo();
      case "train" -> new Command.Train();
      default -> new Misuse("there is no command " + command);
    };
  }

  private static Command up(Map<String, String> given) {
    Optional<Integer> port = number(given.getOrDefault("--port", DEFAULT_PORT + ""), 1, 65_535);
    Optional<Integer> workers = number(given.getOrDefault("--workers", "1"), 1, MOST_WORKERS);
    if (port.isEmpty()) {
      return new Misuse("--port is a number from 1 to 65535");
    }
    if (workers.isEmpty()) {
      return new Misuse("--workers is a number from 1 to " + MOST_WORKERS);
    }
    return new Command.Up(
        data(given).orElse(DEFAULT_DATA),
        port.get(),
        Optional.ofNullable(given.get("--token")),
        workers.get());
  }

  private static Optional<Path> data(Map<String, String> given) {
    return Optional.ofNullable(given.get("--data")).map(Path::of);
  }

  private static Optional<Integer> number(String text, int least, int most) {
    return Optional.of(text)
        .filter(t -> t.matches("\\d{1,6}"))
        .map(Integer::valueOf)
        .filter(n -> n >= least && n <= most);
  }

  private Options() {}
}
