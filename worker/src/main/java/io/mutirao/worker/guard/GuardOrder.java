package io.mutirao.worker.guard;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;

/** What the guard is told, one JSON line each. Times are the guard's monotonic clock, in ns. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
sealed interface GuardOrder {

  /**
   * Run this.
   *
   * @param limit how many bytes of the output are kept
   * @param until the task is killed then, unless renewed
   */
  @JsonTypeName("start")
  record Start(
      String attempt,
      List<String> argv,
      Map<String, String> env,
      String folder,
      String output,
      int limit,
      long until)
      implements GuardOrder {}

  /**
   * End this.
   *
   * @param grace seconds from SIGTERM to SIGKILL, 0 to 255
   */
  @JsonTypeName("stop")
  record Stop(String attempt, int grace) implements GuardOrder {}

  /** Let these live on. */
  @JsonTypeName("renew")
  record Renew(Map<String, Long> until) implements GuardOrder {}
}
