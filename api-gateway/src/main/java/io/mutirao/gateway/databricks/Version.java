package io.mutirao.gateway.databricks;

/** A version of the Jobs API. Each has its own paths; jobs and runs are the same in all of them. */
enum Version {
  V2_0("/api/2.0/jobs/"),
  V2_1("/api/2.1/jobs/"),
  V2_2("/api/2.2/jobs/");

  /** What its paths begin with. */
  final String root;

  Version(String root) {
    this.root = root;
  }

  /** Whether every job is shown as one of tasks, and lists lead on by tokens. */
  boolean hasTasks() {
    return this != V2_0;
  }

  /** Whether long arrays come in pieces, and a job queues its runs unless it says otherwise. */
  boolean hasPieces() {
    return this == V2_2;
  }
}
