package io.mutirao.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one process is run; the same at each restart, so it keeps its port and its identity.
 *
 * @param environment added to what the launcher was started with
 * @param stopSignal what asks it to end in order
 * @param stopWithin after this long it is killed
 * @param beforeStart clears away what a killed predecessor left
 */
public record ProcessSpec(
    String name,
    int port,
    List<String> command,
    Map<String, String> environment,
    Path log,
    Probe probe,
    Signal stopSignal,
    Duration stopWithin,
    Preparation beforeStart) {

  /** Something to do before each start. */
  @FunctionalInterface
  public interface Preparation {

    Preparation NOTHING = () -> {};

    void prepare() throws IOException;
  }
}
