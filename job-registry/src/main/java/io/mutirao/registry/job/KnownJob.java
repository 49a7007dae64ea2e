package io.mutirao.registry.job;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Notifications;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a decision must know of a job; nothing is known of one that never was. */
sealed interface KnownJob {

  long version();

  /**
   * Saved and usable.
   *
   * @param createdBy who made it, and whose runs its schedule starts
   * @param mail the addresses that hear of its end
   */
  record Living(long version, String name, String createdBy, List<String> mail)
      implements KnownJob {

    static Living of(long version, JobDefinition definition, String createdBy) {
      return new Living(version, definition.name(), createdBy, mail(definition.notifications()));
    }

    static List<String> mail(@Nullable Notifications notifications) {
      return notifications == null ? List.of() : notifications.addresses();
    }
  }

  /** Deleted; kept a while so that its last version is not given again. */
  record Gone(long version) implements KnownJob {}
}
