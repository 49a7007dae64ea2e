package io.mutirao.contracts.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some runs, newest first.
 *
 * @param older where the next page of older ones begins; null: there is none
 * @param newer where the page before this one begins; null: there is none
 */
public record RunPage(List<RunView> runs, @Nullable String older, @Nullable String newer) {}
