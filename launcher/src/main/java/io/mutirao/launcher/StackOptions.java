package io.mutirao.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be chosen about a stack.
 *
 * @param data folder for everything the stack keeps
 * @param port of the gateway; 0 chooses a free one
 * @param token the administrator's; empty: the one kept in the data folder
 * @param workers how many
 * @param caches whether the JVMs use AOT caches, or make them
 * @param environment MUTIRAO_ variables for the services, over everything else
 * @param progress hears what is being done, a line at a time
 */
public record StackOptions(
    Path data,
    int port,
    Optional<String> token,
    int workers,
    Caches caches,
    Map<String, String> environment,
    Consumer<String> progress) {

  /** What to do about AOT caches. */
  public enum Caches {
    USE,
    MAKE,
    /** Archives of classes, which the JVMs themselves make and renew when they end: for tests. */
    CLASSES
  }

  /** One worker, a free port, the kept token. */
  public static StackOptions in(Path data) {
    return new StackOptions(
        data, 0, Optional.empty(), 1, Caches.USE, Map.of(), line -> System.err.println(line));
  }

  public StackOptions withPort(int chosen) {
    return new StackOptions(data, chosen, token, workers, caches, environment, progress);
  }

  public StackOptions withToken(Optional<String> chosen) {
    return new StackOptions(data, port, chosen, workers, caches, environment, progress);
  }

  public StackOptions withWorkers(int count) {
    return new StackOptions(data, port, token, count, caches, environment, progress);
  }

  public StackOptions withCaches(Caches use) {
    return new StackOptions(data, port, token, workers, use, environment, progress);
  }

  /** Sets a variable for all services. */
  public StackOptions with(String variable, String value) {
    var more = new HashMap<>(environment);
    more.put(variable, value);
    return new StackOptions(data, port, token, workers, caches, Map.copyOf(more), progress);
  }

  public StackOptions withProgress(Consumer<String> listener) {
    return new StackOptions(data, port, token, workers, caches, environment, listener);
  }
}
