package io.mutirao.systemtests.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A run as the Jobs API 2.0 shows it. */
public record Run(JsonNode json) {

  private static final Set<String> FINAL = Set.of("TERMINATED", "SKIPPED", "INTERNAL_ERROR");

  public long id() {
    return json.path("run_id").asLong();
  }

  public long job() {
    return json.path("job_id").asLong();
  }

  public long numberInJob() {
    return json.path("number_in_job").asLong();
  }

  public String lifeCycle() {
    return json.path("state").path("life_cycle_state").asText();
  }

  /** Empty while there is none. */
  public String result() {
    return json.path("state").path("result_state").asText();
  }

  public String message() {
    return json.path("state").path("state_message").asText();
  }

  /** Life cycle and result, as in {@code TERMINATED SUCCESS}. */
  public String state() {
    return (lifeCycle() + " " + result()).strip();
  }

  public boolean isFinal() {
    return FINAL.contains(lifeCycle());
  }

  public boolean isRunning() {
    return lifeCycle().equals("RUNNING");
  }
}
