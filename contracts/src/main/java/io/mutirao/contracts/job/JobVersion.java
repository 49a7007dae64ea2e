package io.mutirao.contracts.job;

import io.mutirao.contracts.id.JobId;

/** One version of a job, whose definition never changes. Written as {@code 1044.3}. */
public record JobVersion(JobId job, long version) {

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static JobVersion parse(String text) {
    int point = text.indexOf('.');
    if (point < 0) {
      throw new IllegalArgumentException("no version of a job: " + text);
    }
    return new JobVersion(
        new JobId(Long.parseLong(text, 0, point, 10)),
        Long.parseLong(text, point + 1, text.length(), 10));
  }

  @Override
  public String toString() {
    return job + "." + version;
  }
}
