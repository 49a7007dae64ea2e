package io.mutirao.launcher.service;

import java.util.Optional;

/**
 * The five programs of ours. Their heaps have room for a few messages of the largest size at a time
 * (16 MB, several copies each); idle, they use a small part of it.
 */
public enum Service {
  API_GATEWAY("api-gateway", 512, Optional.empty()),
  JOB_REGISTRY("job-registry", 512, Optional.of("registry")),
  RUN_DISPATCHER("run-dispatcher", 512, Optional.of("dispatcher")),
  WORKER("worker", 384, Optional.empty()),
  NOTIFIER("notifier", 192, Optional.of("notifier"));

  private final String module;
  private final int heapMegabytes;
  private final Optional<String> role;

  Service(String module, int heapMegabytes, Optional<String> role) {
    this.module = module;
    this.heapMegabytes = heapMegabytes;
    this.role = role;
  }

  public String module() {
    return module;
  }

  /** Whether it is given the key of sealed secrets. */
  boolean opensSecrets() {
    return this == API_GATEWAY || this == WORKER || this == NOTIFIER;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Its role in the database and the schema of the same name, if it keeps state. */
  public Optional<String> role() {
    return role;
  }
}
