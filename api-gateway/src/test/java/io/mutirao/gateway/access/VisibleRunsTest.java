package io.mutirao.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs.Query;
import io.mutirao.gateway.core.Runs.Which;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of runs 1 to 1,000 one sees every tenth. */
class VisibleRunsTest {

  private static final JobDefinition DEFINITION =
      JobDefinition.of(
          "nightly",
          List.of(Task.of("main", "python", Codec.JSON.createObjectNode())),
          "databricks",
          Codec.JSON.createObjectNode());

  private final List<Integer> asked = new ArrayList<>();
  private final VisibleRuns runs =
      new VisibleRuns(
          this::page, found -> found.stream().filter(run -> run.run().value() % 10 == 0).toList());

  @Test
  void aPageIsFilledFromFurtherPages() throws Rejected {
    RunPage page = runs.list(query(null, 0, 3));
    assertThat(ids(page)).containsExactly(10L, 20L, 30L);
    assertThat(page.older()).isEqualTo("31");
    assertThat(page.newer()).isNull();
  }

  @Test
  void theNextPageBeginsWhereTheOneBeforeEnded() throws Rejected {
    String next = runs.list(query(null, 0, 3)).older();
    assertThat(ids(runs.list(query(next, 0, 2)))).containsExactly(40L, 50L);
  }

  @Test
  void whatIsLeftOutFirstIsCountedAmongWhatOneSees() throws Rejected {
    assertThat(ids(runs.list(query(null, 2, 2)))).containsExactly(30L, 40L);
  }

  @Test
  void itEndsWithTheList() throws Rejected {
    RunPage page = runs.list(query("951", 0, 100));
    assertThat(ids(page)).containsExactly(960L, 970L, 980L, 990L, 1000L);
    assertThat(page.older()).isNull();
  }

  @Test
  void itGivesUpAfterSomePagesAndSaysWhereToGoOn() throws Rejected {
    RunPage page = runs.list(query(null, 0, 9));
    assertThat(asked).hasSizeLessThanOrEqualTo(VisibleRuns.MOST_PAGES);
    assertThat(page.runs()).isNotEmpty();
    assertThat(page.older()).isNotNull();
    assertThat(ids(runs.list(query(page.older(), 0, 1))).getFirst())
        .isEqualTo(ids(page).getLast() + 10);
  }

  @Test
  void whoSeesAllOfAPageGetsItAsItIs() throws Rejected {
    RunPage whole = page(query(null, 0, 3));
    assertThat(new VisibleRuns(_ -> whole, found -> found).list(query(null, 0, 3))).isSameAs(whole);
  }

  private RunPage page(Query query) {
    asked.add(query.limit());
    int from = query.page() == null ? 1 : Integer.parseInt(query.page());
    int end = Math.min(from + query.limit(), 1_001);
    List<RunView> found = new ArrayList<>();
    for (int id = from; id < end; id++) {
      found.add(run(id));
    }
    return new RunPage(
        found,
        end > 1_000 ? null : Integer.toString(end),
        from == 1 ? null : Integer.toString(from));
  }

  private static RunView run(long id) {
    return new RunView(
        new RunId(id),
        new JobId(7),
        id,
        false,
        RunTrigger.ONE_TIME,
        new RunId(id),
        0,
        Phase.RUNNING,
        null,
        null,
        "",
        Map.of(),
        Map.of(),
        "ana",
        1,
        DEFINITION,
        Instant.EPOCH,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Query query(String page, int offset, int limit) {
    return new Query(null, Which.ALL, null, null, null, page, offset, limit);
  }

  private static List<Long> ids(RunPage page) {
    return page.runs().stream().map(run -> run.run().value()).toList();
  }
}
