package io.mutirao.registry.job;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, by id.
 *
 * @param name exactly, whatever its case; null: of any name
 * @param as only what this user may see; null: everything
 * @param offset how many to leave out first
 * @param limit at most so many
 */
record JobQuery(@Nullable String name, @Nullable String as, From from, int offset, int limit) {

  /** As many jobs as may be saved (Jobs API 2.0, Run now): one page can hold them all. */
  static final int MAX_LIMIT = 12_000;

  /** The most that may be left out (Jobs API 2.1, List): further on, pages lead. */
  static final int MAX_OFFSET = 1_000;

  private static final Pattern TOKEN = Pattern.compile("([ab])([1-9][0-9]{0,15})");

  /** Where a page begins. */
  sealed interface From {}

  record First() implements From {}

  record After(long job) implements From {}

  record Before(long job) implements From {}

  /**
   * Reads where a page begins.
   *
   * @param token as {@link #page} gave it; null: the first page
   */
  static Optional<From> from(@Nullable String token) {
    if (token == null) {
      return Optional.of(new First());
    }
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long job = Long.parseLong(parts.group(2));
    return Optional.of(parts.group(1).equals("a") ? new After(job) : new Before(job));
  }

  /**
   * The page with the ways on and back.
   *
   * @param found in the order of the query, one more than the limit if there is more
   */
  JobPage page(List<JobView> found) {
    boolean more = found.size() > limit;
    List<JobView> kept = found.subList(0, Math.min(limit, found.size()));
    List<JobView> jobs = from instanceof Before ? kept.reversed() : kept;
    if (jobs.isEmpty()) {
      return new JobPage(List.of(), null, null);
    }
    JobId first = jobs.getFirst().job();
    JobId last = jobs.getLast().job();
    return switch (from) {
      case First _ -> new JobPage(jobs, more ? "a" + last : null, offset > 0 ? "b" + first : null);
      case After _ -> new JobPage(jobs, more ? "a" + last : null, "b" + first);
      case Before _ -> new JobPage(jobs, "a" + last, more ? "b" + first : null);
    };
  }
}
