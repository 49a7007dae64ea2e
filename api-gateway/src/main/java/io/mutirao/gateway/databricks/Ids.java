package io.mutirao.gateway.databricks;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.RunId;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import org.jspecify.annotations.Nullable;

/** Ids in requests. A number that no job or run can have is that of an unknown one. */
final class Ids {

  static JobId job(Fields in) throws Rejected {
    return job(in.id("job_id"));
  }

  static @Nullable JobId optionalJob(Fields in) throws Rejected {
    Long id = in.optionalId("job_id");
    return id == null ? null : job(id);
  }

  static RunId run(Fields in) throws Rejected {
    long id = in.id("run_id");
    if (impossible(id)) {
      throw new Rejected(new Problem.UnknownRun(id));
    }
    return new RunId(id);
  }

  private static JobId job(long id) throws Rejected {
    if (impossible(id)) {
      throw new Rejected(new Problem.UnknownJob(id));
    }
    return new JobId(id);
  }

  private static boolean impossible(long id) {
    return id < 1 || id > LaneKey.MAX;
  }

  private Ids() {}
}
