package io.mutirao.contracts.job;

import java.util.List;

/** Versions of jobs with their definitions, those that there are: {@code GET /definitions}. */
public record DefinedVersions(List<Defined> versions) {

  /** A version and what it is. */
  public record Defined(JobVersion of, JobDefinition definition) {}
}
