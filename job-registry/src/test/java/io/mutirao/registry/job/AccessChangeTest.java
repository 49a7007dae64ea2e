package io.mutirao.registry.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessChangeTest {

  private static final JobId JOB = new JobId(44);
  private static final Grant ANA_OWNS = new Grant(Kind.USER, "ana", Level.OWNER);
  private static final Grant PEDRO_OWNS = new Grant(Kind.USER, "pedro", Level.OWNER);
  private static final Grant DATA_RUNS = new Grant(Kind.GROUP, "data", Level.RUN);
  private static final Grant MARIA_SEES = new Grant(Kind.USER, "maria", Level.VIEW);

  @Test
  void whoeverMakesAJobOwnsItUnlessTheListSaysWhoDoes() {
    assertThat(AccessChange.created(JOB, "ana", List.of(DATA_RUNS)).grants())
        .containsExactly(ANA_OWNS, DATA_RUNS);
    assertThat(AccessChange.created(JOB, "ana", List.of(DATA_RUNS, PEDRO_OWNS)).grants())
        .containsExactly(PEDRO_OWNS, DATA_RUNS);
  }

  @Test
  void aListWithoutAnOwnerLeavesTheOwner() {
    AccessChange created = AccessChange.created(JOB, "ana", List.of(DATA_RUNS));
    AccessChange replaced = AccessChange.replaced(JOB, List.of(MARIA_SEES));
    assertThat(replaced.owner()).isNull();
    assertThat(created.then(replaced).grants()).containsExactly(ANA_OWNS, MARIA_SEES);
    assertThat(created.then(AccessChange.replaced(JOB, List.of(PEDRO_OWNS))).grants())
        .containsExactly(PEDRO_OWNS);
  }

  @Test
  void aListThatCannotBeIsRefused() {
    assertThat(AccessChange.wrongWith(List.of(ANA_OWNS, DATA_RUNS, MARIA_SEES))).isEmpty();
    assertThat(AccessChange.wrongWith(List.of(ANA_OWNS, PEDRO_OWNS))).isPresent();
    assertThat(AccessChange.wrongWith(List.of(new Grant(Kind.GROUP, "data", Level.OWNER))))
        .isPresent();
    assertThat(
            AccessChange.wrongWith(List.of(MARIA_SEES, new Grant(Kind.USER, "Maria", Level.RUN))))
        .isPresent();
    assertThat(AccessChange.wrongWith(List.of(new Grant(Kind.USER, " ", Level.RUN)))).isPresent();
  }
}
