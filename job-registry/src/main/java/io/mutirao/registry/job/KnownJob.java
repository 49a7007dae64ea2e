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
   * @param mail the addresses that hear of its end
   */
  record Living(long version, String name, List<String> mail) implements KnownJob {

    static Living of(long version, JobDefinition definition) {
      return new Living(version, definition.name(), mail(definition.notifications()));
    }

    static List<String> mail(@Nullable Notifications notifications) {
      return notifications == null ? List.of() : notifications.addresses();
    }
  }

  /** Deleted; kept a while so that its last version is not given again. */
  record Gone(long version) implements KnownJob {}
}
