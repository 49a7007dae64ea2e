package io.mutirao.registry.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.JobTrigger.Cron;
import io.mutirao.contracts.job.JobTrigger.Periodic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {

  private static final Instant ANY = Instant.parse("2026-01-01T00:00:00Z");

  private static List<String> firesAfter(JobTrigger trigger, String that, int times) {
    List<String> fires = new ArrayList<>();
    Instant last = Instant.parse(that);
    for (int i = 0; i < times; i++) {
      last = Times.of(trigger, ANY).after(last).orElseThrow();
      fires.add(last.toString());
    }
    return fires;
  }

  private static Cron cron(String expression, String zone) {
    return new Cron(expression, zone, false);
  }

  @Test
  void theExampleOfTheReferenceFiresAtAQuarterPastTenInLosAngeles() {
    assertThat(firesAfter(cron("0 15 22 * * ?", "America/Los_Angeles"), "2026-06-01T00:00:00Z", 2))
        .containsExactly("2026-06-01T05:15:00Z", "2026-06-02T05:15:00Z");
  }

  @Test
  void theNextTimeIsLaterThanTheOneThatFires() {
    assertThat(firesAfter(cron("* * * * * ?", "UTC"), "2026-06-01T00:00:00Z", 2))
        .containsExactly("2026-06-01T00:00:01Z", "2026-06-01T00:00:02Z");
  }

  /** On 29 March 2026 it is never half past two in Berlin. */
  @Test
  void aTimeThatTheClockLeavesOutInSpringDoesNotFireThatDay() {
    assertThat(firesAfter(cron("0 30 2 * * ?", "Europe/Berlin"), "2026-03-28T00:00:00Z", 2))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z");
  }

  /** On 25 October 2026 it is half past two twice in Berlin. */
  @Test
  void aTimeThatComesTwiceInAutumnFiresOnce() {
    assertThat(firesAfter(cron("0 30 2 * * ?", "Europe/Berlin"), "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void theDaysAroundTheChangesAreOrdinary() {
    assertThat(firesAfter(cron("0 0 12 * * ?", "Europe/Berlin"), "2026-03-28T00:00:00Z", 2))
        .containsExactly("2026-03-28T11:00:00Z", "2026-03-29T10:00:00Z");
    assertThat(firesAfter(cron("0 0 12 * * ?", "Europe/Berlin"), "2026-10-24T00:00:00Z", 2))
        .containsExactly("2026-10-24T10:00:00Z", "2026-10-25T11:00:00Z");
  }

  /** Quartz 2.5.0 left out all months of fewer than 31 days. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 0 L * ?   | 2026-02-28, 2026-03-31, 2026-04-30, 2026-05-31, 2026-06-30",
        "0 0 0 L 2 ?   | 2026-02-28, 2027-02-28, 2028-02-29",
        "0 0 0 L-3 6 ? | 2026-06-27, 2027-06-27",
        "0 0 0 LW * ?  | 2026-02-27, 2026-03-31, 2026-04-30, 2026-05-29, 2026-06-30",
        "0 0 0 1W * ?  | 2026-02-02, 2026-03-02, 2026-04-01, 2026-05-01, 2026-06-01",
        "0 0 0 ? * 6L  | 2026-02-27, 2026-03-27, 2026-04-24",
        "0 0 0 29 * ?  | 2026-03-29, 2026-04-29"
      })
  void theEndOfAMonthComesInEachMonth(String expression, String days) {
    List<String> expected = Stream.of(days.split(", ")).map(day -> day + "T00:00:00Z").toList();
    assertThat(firesAfter(cron(expression, "UTC"), "2026-01-31T12:00:00Z", expected.size()))
        .isEqualTo(expected);
  }

  @Test
  void anExpressionWithAYearComesToAnEnd() {
    Times once = Times.of(cron("0 0 12 1 7 ? 2026", "UTC"), ANY);

    assertThat(once.after(ANY)).contains(Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(once.after(Instant.parse("2026-07-01T12:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6, HOURS, 2026-01-01T06:00:00Z, 2026-01-01T12:00:00Z",
    "1, DAYS, 2026-01-02T00:00:00Z, 2026-01-03T00:00:00Z",
    "2, WEEKS, 2026-01-15T00:00:00Z, 2026-01-29T00:00:00Z"
  })
  void aPeriodCountsFromTheTimeTheJobGotIt(
      int interval, Periodic.Unit unit, String first, String second) {
    assertThat(firesAfter(new Periodic(interval, unit, false), ANY.toString(), 2))
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *           | UTC  | trigger: expression: six or seven parts",
        "0 0 0 ? * ? * extra | UTC  | trigger: expression: six or seven parts",
        "0 0 25 * * ?        | UTC  | trigger: expression: Hour values",
        "0 0 0 31 2 ?        | UTC  | trigger: expression: it never fires",
        "0 0 0 6 , ?         | UTC  | trigger: expression: it never fires",
        "0 0 0 , * ?         | UTC  | trigger: expression: it never fires",
        "0 0 1 * * ?         | Moon | trigger: zone: Java knows no Moon"
      })
  void whatCannotFireIsSaid(String expression, String zone, String words) {
    assertThat(Times.wrongWith(cron(expression, zone)).orElseThrow()).startsWith(words);
  }
}
