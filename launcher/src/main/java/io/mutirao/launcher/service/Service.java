package io.mutirao.launcher.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The five programs of ours. Their heaps have room for a few messages of the largest size at a time
 * (16 MB, several copies each); idle, they use a small part of it.
 */
public enum Service {
  API_GATEWAY("api-gateway", 512, Compilation.FULL, Optional.empty()),
  JOB_REGISTRY("job-registry", 512, Compilation.QUICK, Optional.of("registry")),
  RUN_DISPATCHER("run-dispatcher", 512, Compilation.FULL, Optional.of("dispatcher")),
  WORKER("worker", 384, Compilation.FULL, Optional.empty()),
  NOTIFIER("notifier", 192, Compilation.QUICK, Optional.of("notifier"));

  private final String module;
  private final int heapMegabytes;
  private final Compilation compilation;
  private final Optional<String> role;

  Service(String module, int heapMegabytes, Compilation compilation, Optional<String> role) {
    this.module = module;
    this.heapMegabytes = heapMegabytes;
    this.compilation = compilation;
    this.role = role;
  }

  public String module() {
    return module;
  }

  /** Whether it is given the key of sealed secrets. */
  boolean opensSecrets() {
    return this == API_GATEWAY || this == WORKER || this == NOTIFIER;
  }

  /** Flags of its JVM. */
  List<String> flags() {
    List<String> flags = new ArrayList<>(Jvm.flags(heapMegabytes, compilation));
    if (this == API_GATEWAY) {
      // What is no URI the front door refuses, in the dialect's format; Quarkus would without
      // words.
      flags.add("-Dvertx.disableURIValidation=true");
    }
    return flags;
  }

  /** Its role in the database and the schema of the same name, if it keeps state. */
  public Optional<String> role() {
    return role;
  }
}
