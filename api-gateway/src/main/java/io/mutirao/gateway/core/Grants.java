package io.mutirao.gateway.core;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may do what with saved jobs. */
public interface Grants {

  /** The owner's first; none when there is no such job. */
  Optional<List<Grant>> of(JobId job) throws Rejected;

  /** Those of some jobs that a user may see. */
  Set<JobId> visible(Collection<JobId> jobs, User user) throws Rejected;
}
