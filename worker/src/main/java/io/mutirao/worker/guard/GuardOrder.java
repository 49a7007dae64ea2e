package io.mutirao.worker.guard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the guard is told, one JSON line each. Times are the guard's monotonic clock, in ns. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
sealed interface GuardOrder {

  /**
   * Run this.
   *
   * @param limit how many bytes of the output are kept
   * @param until the task is killed then, unless renewed
   * @param walled whether the program is bubblewrap, which stands between guard and task
   * @param warm what an interpreter that waits may run instead; null: none may
   * @param groups of the kernel, which limit it; made before it runs, removed after it
   */
  @JsonTypeName("start")
  record Start(
      String attempt,
      List<String> argv,
      Map<String, String> env,
      String folder,
      String output,
      int limit,
      long until,
      boolean walled,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Script warm,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GuardedTask.Group> groups)
      implements GuardOrder {}

  /** A Python script and its arguments, for an interpreter of this name. */
  record Script(String python, String script, List<String> args) {}

  /**
   * Keep interpreters ready.
   *
   * @param python their name
   * @param argv starts one that waits
   * @param walled as of {@link Start}
   * @param count how many wait at a time; 0: those that do are ended
   */
  @JsonTypeName("warm")
  record Warm(
      String python,
      List<String> argv,
      Map<String, String> env,
      String folder,
      boolean walled,
      int count)
      implements GuardOrder {

    Warm none() {
      return new Warm(python, argv, env, folder, walled, 0);
    }
  }

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
