package io.mutirao.registry.job;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a job from now on. Pure.
 *
 * @param owner null: as before
 * @param others all besides the owner
 */
record AccessChange(JobId job, @Nullable Grant owner, List<Grant> others) {

  private static final int MOST = 1_000;

  AccessChange {
    others = List.copyOf(others);
  }

  /** Of a new job: without an owner in the list, whoever made it owns it. */
  static AccessChange created(JobId job, String by, List<Grant> access) {
    AccessChange change = replaced(job, access);
    return change.owner() == null
        ? new AccessChange(job, new Grant(Kind.USER, by, Level.OWNER), change.others())
        : change;
  }

  static AccessChange replaced(JobId job, List<Grant> access) {
    return new AccessChange(
        job,
        access.stream().filter(AccessChange::owns).findFirst().orElse(null),
        access.stream().filter(grant -> !owns(grant)).toList());
  }

  /** Both, one after the other. */
  AccessChange then(AccessChange later) {
    return new AccessChange(job, later.owner == null ? owner : later.owner, later.others);
  }

  /** The owner first: whoever has a grant besides owning keeps what he owns. */
  List<Grant> grants() {
    List<Grant> all = new ArrayList<>();
    if (owner != null) {
      all.add(owner);
    }
    all.addAll(others);
    return all;
  }

  static Optional<String> wrongWith(List<Grant> access) {
    Set<String> seen = new HashSet<>();
    int owners = 0;
    for (Grant grant : access) {
      if (grant.principal().isBlank() || grant.principal().length() > 255) {
        return Optional.of("access: a principal has 1 to 255 characters");
      }
      if (!seen.add(grant.kind() + " " + grant.principal().toLowerCase(Locale.ROOT))) {
        return Optional.of("access: " + grant.principal() + " stands there twice");
      }
      if (owns(grant) && grant.kind() == Kind.GROUP) {
        return Optional.of("access: a group cannot own a job: " + grant.principal());
      }
      owners += owns(grant) ? 1 : 0;
    }
    if (access.size() > MOST) {
      return Optional.of("access: at most " + MOST + " grants, not " + access.size());
    }
    return owners > 1
        ? Optional.of("access: a job has one owner, not " + owners)
        : Optional.empty();
  }

  private static boolean owns(Grant grant) {
    return grant.level() == Level.OWNER;
  }
}
