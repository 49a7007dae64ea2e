package io.mutirao.gateway.backend;

import io.mutirao.contracts.job.DefinedVersions;
import io.mutirao.contracts.job.DefinedVersions.Defined;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.contracts.job.KnownDefinitions;
import io.mutirao.contracts.job.KnownDefinitions.Known;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives runs the definitions that they were started with; each is asked for once. */
final class RunDefinitions {

  private static final int MOST_AT_ONCE = 100;

  /** Characters of settings: some tens of megabytes when they are parsed. */
  private static final int KNOWN = 4 * 1024 * 1024;

  private final KnownDefinitions known = new KnownDefinitions(KNOWN);
  private final OwnerClient dispatcher;
  private final HeldBytes held;

  RunDefinitions(OwnerClient dispatcher, HeldBytes held) {
    this.dispatcher = dispatcher;
    this.held = held;
  }

  /**
   * Runs with their definitions.
   *
   * @param size characters of the definitions, of each run its own
   */
  record Whole(List<RunView> runs, long size) {}

  Whole with(List<RunView> runs) throws Rejected {
    Map<JobVersion, Known> definitions = new HashMap<>();
    Set<JobVersion> missing = new HashSet<>();
    for (RunView run : runs) {
      JobVersion version = run.jobVersion();
      Known one = known.get(version);
      if (one == null) {
        missing.add(version);
      } else {
        definitions.put(version, one);
      }
    }
    fetch(List.copyOf(missing), definitions);
    List<RunView> whole = new ArrayList<>(runs.size());
    long size = 0;
    for (RunView run : runs) {
      Known one = definitions.get(run.jobVersion());
      if (one == null) {
        // Removed between the two questions, with all its runs.
        throw new Rejected(Problem.Away.forASecond("A run was removed just now"));
      }
      whole.add(run.with(one.definition()));
      // Here they are one; in the answer each run has its own.
      size += one.size();
    }
    if (size > held.most()) {
      throw Rejected.invalid(
          "The answer would have more than " + held.most() + " bytes; ask for less at once");
    }
    return new Whole(whole, size);
  }

  private void fetch(List<JobVersion> missing, Map<JobVersion, Known> definitions) throws Rejected {
    for (int from = 0; from < missing.size(); from += MOST_AT_ONCE) {
      String wanted =
          missing.subList(from, Math.min(missing.size(), from + MOST_AT_ONCE)).stream()
              .map(JobVersion::toString)
              .collect(Collectors.joining(","));
      List<Defined> found =
          dispatcher
              .get("/definitions?versions=" + wanted, DefinedVersions.class)
              .map(DefinedVersions::versions)
              .orElse(List.of());
      for (Defined defined : found) {
        JobDefinition definition = defined.definition();
        Known one = new Known(definition, definition.settings().toString().length());
        known.put(defined.of(), one);
        definitions.put(defined.of(), one);
      }
    }
  }
}
