package io.mutirao.launcher.service;

import java.util.Optional;

/** The five programs of ours. */
public enum Service {
  API_GATEWAY("api-gateway", 192, Optional.empty()),
  JOB_REGISTRY("job-registry", 192, Optional.of("registry")),
  RUN_DISPATCHER("run-dispatcher", 256, Optional.of("dispatcher")),
  WORKER("worker", 192, Optional.empty()),
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

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Its role in the database and the schema of the same name, if it keeps state. */
  public Optional<String> role() {
    return role;
  }
}
