package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.access.JobAccess;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.gateway.core.Grants;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may do what with jobs, as the registry keeps it with them. */
@Singleton
final class RegistryGrants implements Grants {

  /** As many as fit into a request line. */
  private static final int AT_ONCE = 100;

  private final Owners owners;

  RegistryGrants(Owners owners) {
    this.owners = owners;
  }

  @Override
  public Optional<List<Grant>> of(JobId job) throws Rejected {
    return owners
        .registry()
        .get("/jobs/" + job + "/access", JobAccess.class)
        .map(JobAccess::grants);
  }

  @Override
  public Set<JobId> visible(Collection<JobId> jobs, User user) throws Rejected {
    Set<JobId> visible = new HashSet<>();
    List<JobId> all = List.copyOf(jobs);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      StringBuilder path = new StringBuilder("/jobs/visible?as=");
      path.append(URLEncoder.encode(user.name(), UTF_8));
      for (JobId job : all.subList(from, Math.min(from + AT_ONCE, all.size()))) {
        path.append("&job=").append(job);
      }
      owners
          .registry()
          .get(path.toString(), JobAccess.Visible.class)
          .ifPresent(found -> found.jobs().forEach(job -> visible.add(new JobId(job))));
    }
    return visible;
  }
}
