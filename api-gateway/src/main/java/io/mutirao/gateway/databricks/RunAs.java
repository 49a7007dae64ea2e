package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** run_as: as whom the runs of a job act. */
final class RunAs {

  private static final List<String> KINDS =
      List.of("user_name", "service_principal_name", "group_name");

  /** Null when nothing is said. */
  static @Nullable String name(Fields settings) throws Rejected {
    Fields runAs = settings.object("run_as");
    if (runAs == null) {
      return null;
    }
    List<String> given = KINDS.stream().filter(runAs::has).toList();
    if (given.size() != 1) {
      throw Rejected.field("run_as", "exactly one of " + String.join(", ", KINDS) + " is expected");
    }
    return runAs.text(given.getFirst());
  }

  private RunAs() {}
}
