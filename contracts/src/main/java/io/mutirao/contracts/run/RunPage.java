package io.mutirao.contracts.run;

import java.util.List;

/**
 * Some runs, newest first: {@code GET /runs}.
 *
 * @param more whether older ones match too
 */
public record RunPage(List<RunView> runs, boolean more) {}
