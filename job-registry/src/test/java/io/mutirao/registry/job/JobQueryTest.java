package io.mutirao.registry.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import io.mutirao.registry.job.JobQuery.After;
import io.mutirao.registry.job.JobQuery.Before;
import io.mutirao.registry.job.JobQuery.First;
import io.mutirao.registry.job.JobQuery.From;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobQueryTest {

  @Test
  void theFirstPageLeadsOnButNotBack() {
    assertPage(page(new First(), 0, 3, 4, 5), List.of(3L, 4L), "a4", null);
  }

  @Test
  void thePageInTheMiddleLeadsBothWays() {
    assertPage(page(new After(4), 0, 5, 6, 7), List.of(5L, 6L), "a6", "b5");
  }

  @Test
  void theLastPageLeadsBackOnly() {
    assertPage(page(new After(6), 0, 7), List.of(7L), null, "b7");
  }

  @Test
  void aPageBeforeIsInTheSameOrder() {
    assertPage(page(new Before(7), 0, 6, 5, 4), List.of(5L, 6L), "a6", "b5");
    assertPage(page(new Before(5), 0, 4, 3), List.of(3L, 4L), "a4", null);
  }

  @Test
  void afterAnOffsetThereIsAWayBack() {
    assertPage(page(new First(), 1, 4), List.of(4L), null, "b4");
  }

  @Test
  void anEmptyPageLeadsNowhere() {
    assertPage(page(new First(), 0), List.of(), null, null);
  }

  @Test
  void aTokenLeadsWhereItCameFrom() {
    assertThat(JobQuery.from(null)).contains(new First());
    assertThat(JobQuery.from("a44")).contains(new After(44));
    assertThat(JobQuery.from("b44")).contains(new Before(44));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "44", "c44", "a0", "a-1", "a44 ", "a99999999999999999", "A44"})
  void whatIsNoTokenLeadsNowhere(String token) {
    assertThat(JobQuery.from(token)).isEmpty();
  }

  private static JobPage page(From from, int offset, long... found) {
    return new JobQuery(null, null, from, offset, 2)
        .page(Arrays.stream(found).mapToObj(JobQueryTest::job).toList());
  }

  private static JobView job(long id) {
    var definition = Examples.create("n").definition();
    return new JobView(new JobId(id), 1, definition, "ana", "ana", Instant.EPOCH);
  }

  private static void assertPage(JobPage page, List<Long> jobs, String next, String previous) {
    assertThat(page.jobs()).extracting(job -> job.job().value()).isEqualTo(jobs);
    assertThat(page.next()).isEqualTo(next);
    assertThat(page.previous()).isEqualTo(previous);
  }
}
