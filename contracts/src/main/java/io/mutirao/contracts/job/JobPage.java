package io.mutirao.contracts.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs: {@code GET /jobs}.
 *
 * @param next where the next page begins; null: there is none
 * @param previous where the page before this one begins; null: there is none
 */
public record JobPage(List<JobView> jobs, @Nullable String next, @Nullable String previous) {}
