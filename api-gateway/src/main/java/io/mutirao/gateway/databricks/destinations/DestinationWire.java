package io.mutirao.gateway.databricks.destinations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * NotificationDestination.
 *
 * @param config by kind; of what was given only that it was given
 */
@JsonNaming(SnakeCaseStrategy.class)
record DestinationWire(
    String id,
    String displayName,
    String destinationType,
    Map<String, Map<String, Object>> config) {

  /** ListNotificationDestinationsResult. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Brief(String id, String displayName, String destinationType) {}

  /** ListNotificationDestinationsResponse. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Brief> results, @Nullable String nextPageToken) {}
}
