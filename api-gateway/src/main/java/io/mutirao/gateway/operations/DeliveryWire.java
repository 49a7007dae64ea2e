package io.mutirao.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mutirao.contracts.notice.DeliveryPage;
import io.mutirao.contracts.notice.DeliveryView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delivery as it is shown; times in milliseconds since 1970. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryWire(
    String id,
    String state,
    String event,
    String channel,
    String target,
    long jobId,
    @Nullable Long runId,
    @Nullable String taskKey,
    int tries,
    long createdTime,
    @Nullable Long nextTryTime,
    @Nullable Long endTime,
    @Nullable String error) {

  /** Some of them. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<DeliveryWire> deliveries, @Nullable String nextPageToken) {}

  static Page of(DeliveryPage page) {
    return new Page(page.deliveries().stream().map(DeliveryWire::of).toList(), page.next());
  }

  static DeliveryWire of(DeliveryView view) {
    return new DeliveryWire(
        view.id(),
        view.state().name(),
        view.event(),
        view.channel(),
        view.target(),
        view.job().value(),
        view.run() == null ? null : (Long) view.run().value(),
        view.task(),
        view.tries(),
        view.createdAt().toEpochMilli(),
        millis(view.nextTryAt()),
        millis(view.endedAt()),
        view.error());
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : (Long) at.toEpochMilli();
  }
}
