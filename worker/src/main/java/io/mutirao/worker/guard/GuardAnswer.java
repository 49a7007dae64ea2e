package io.mutirao.worker.guard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What the guard tells, one JSON line each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "did")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GuardAnswer.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = GuardAnswer.Started.class, name = "started"),
  @JsonSubTypes.Type(value = GuardAnswer.Renewed.class, name = "renewed"),
  @JsonSubTypes.Type(value = GuardAnswer.Ended.class, name = "ended")
})
sealed interface GuardAnswer {

  /**
   * It takes orders.
   *
   * @param now the guard's monotonic clock, in ns
   */
  record Ready(long now) implements GuardAnswer {}

  record Started(String attempt, long supervisor, long task) implements GuardAnswer {}

  record Renewed() implements GuardAnswer {}

  /** The task and its whole tree are gone. */
  record Ended(
      String attempt, String why, @Nullable Integer exit, @Nullable Integer signal, String last)
      implements GuardAnswer {}
}
