package io.mutirao.launcher.service;

import java.util.List;

/**
 * How much a JVM spends on being fast. Seven of them start at once on two cores, and by default the
 * second compiler alone takes a third of that time.
 */
enum Compilation {
  /**
   * The second compiler comes later than by default: once a method is hot under load. Heap and code
   * lie in large pages: where small ones lie, a processor has forgotten until the next run.
   */
  FULL(
      "-XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=2000"
          + " -XX:Tier4CompileThreshold=40000 -XX:Tier4BackEdgeThreshold=120000"
          + " -XX:+UseTransparentHugePages"),

  /** Without the second compiler: for what does little per run. */
  QUICK("-XX:TieredStopAtLevel=1");

  private final String flags;

  Compilation(String flags) {
    this.flags = flags;
  }

  List<String> flags() {
    return List.of(flags.split(" "));
  }
}
