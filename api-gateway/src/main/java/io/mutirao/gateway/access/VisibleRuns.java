package io.mutirao.gateway.access;

import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of which one sees only some: goes on over further pages until there is as much as was
 * asked for. Never takes more than is still wanted, so that the last page's ends are the list's.
 *
 * @param visible of some runs those that one sees, in their order
 */
record VisibleRuns(Pages all, Sight visible) {

  /** One list is made of no more pages than this; the caller goes on where it ended. */
  static final int MOST_PAGES = 50;

  /** Pages of the whole list. */
  interface Pages {
    RunPage page(Query query) throws Rejected;
  }

  /** What one sees. */
  interface Sight {
    List<RunView> of(List<RunView> runs) throws Rejected;
  }

  RunPage list(Query query) throws Rejected {
    List<RunView> seen = new ArrayList<>();
    int wanted = query.offset() + query.limit();
    RunPage last = all.page(part(query, query.page(), query.limit()));
    String newer = last.newer();
    seen.addAll(visible.of(last.runs()));
    if (query.offset() == 0 && seen.size() == last.runs().size()) {
      return last;
    }
    for (int pages = 1; pages < MOST_PAGES && seen.size() < wanted; pages++) {
      String older = last.older();
      if (older == null) {
        break;
      }
      last = all.page(part(query, older, Math.min(query.limit(), wanted - seen.size())));
      seen.addAll(visible.of(last.runs()));
    }
    List<RunView> shown =
        seen.subList(Math.min(query.offset(), seen.size()), Math.min(wanted, seen.size()));
    return new RunPage(shown, last.older(), newer);
  }

  /** What is left out first is counted among what one sees. */
  private static Query part(Query query, @Nullable String page, int limit) {
    return new Query(
        query.job(), query.which(), query.submitted(), query.from(), query.to(), page, 0, limit);
  }
}
