package io.mutirao.systemtests.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of some jobs' runs after the dust has settled, from every side.
 *
 * @param accepted the runs whose ids were given to a caller
 * @param api what REST shows, as in {@code TERMINATED SUCCESS}
 * @param rows what the database holds
 * @param events of these runs, in the order of their partition
 * @param starts a line for each start of a script
 */
record Evidence(
    Set<Long> accepted,
    Map<Long, String> api,
    Map<Long, Row> rows,
    List<Event> events,
    List<Start> starts) {

  /**
   * A run in the database.
   *
   * @param result null while there is none
   * @param attempt null when it never had one
   * @param witnessed whether its task writes a line when it starts
   */
  record Row(
      long job,
      long numberInJob,
      String phase,
      String result,
      int sequence,
      Long attempt,
      boolean witnessed) {}

  /**
   * One record of {@code run.events}.
   *
   * @param id {@code ce_id}
   * @param result of a final event, else empty
   * @param content the whole message
   */
  record Event(
      String id, long run, int repair, int sequence, String type, String result, String content) {

    boolean isFinal() {
      return type.equals("RunFinished");
    }
  }

  /** A script was started. */
  record Start(long attempt, long pid) {}
}
