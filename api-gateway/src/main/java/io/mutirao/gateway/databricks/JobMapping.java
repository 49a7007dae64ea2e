package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobView;

/** A saved job as it is shown: the settings as they were sent, and what the document adds. */
final class JobMapping {

  static JobWire job(JobView job) {
    return new JobWire(
        job.job().value(),
        job.createdBy(),
        job.createdBy(),
        job.createdBy(),
        settings(job.definition().settings()),
        job.createdAt().toEpochMilli());
  }

  /** Nothing is added that the document does not show: clients compare what they sent. */
  private static ObjectNode settings(ObjectNode sent) {
    ObjectNode shown = sent.objectNode();
    shown.setAll(sent);
    shown.put("name", SettingsMapping.name(sent));
    if (sent.get("schedule") instanceof ObjectNode schedule
        && !schedule.hasNonNull("pause_status")) {
      ObjectNode unpaused = sent.objectNode();
      unpaused.setAll(schedule);
      shown.set("schedule", unpaused.put("pause_status", "UNPAUSED"));
    }
    return shown;
  }

  private JobMapping() {}
}
