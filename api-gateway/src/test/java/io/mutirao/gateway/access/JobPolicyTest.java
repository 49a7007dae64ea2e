package io.mutirao.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.gateway.core.User;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobPolicyTest {

  private static final User ANA = User.of("ana", Set.of());
  private static final User MARIA = User.of("maria", Set.of("data"));
  private static final User BOSS = User.of("boss", Set.of("admins"));
  private static final Grant ANA_OWNS = new Grant(Kind.USER, "ana", Level.OWNER);
  private static final Grant DATA_RUNS = new Grant(Kind.GROUP, "Data", Level.RUN);
  private static final Grant MARIA_SEES = new Grant(Kind.USER, "MARIA", Level.VIEW);
  private static final List<Grant> ALL = List.of(ANA_OWNS, MARIA_SEES, DATA_RUNS);

  @Test
  void eachLevelIncludesThoseBeforeIt() {
    for (Level level : Level.values()) {
      assertThat(JobPolicy.allows(ANA, ALL, level)).isTrue();
    }
    assertThat(JobPolicy.allows(MARIA, List.of(MARIA_SEES), Level.VIEW)).isTrue();
    assertThat(JobPolicy.allows(MARIA, List.of(MARIA_SEES), Level.RUN)).isFalse();
  }

  @Test
  void theHighestOfSeveralGrantsCounts() {
    assertThat(JobPolicy.level(MARIA, ALL)).contains(Level.RUN);
  }

  @Test
  void withoutAGrantNothingIsAllowed() {
    assertThat(JobPolicy.level(MARIA, List.of(ANA_OWNS))).isEmpty();
    assertThat(JobPolicy.allows(MARIA, List.of(), Level.VIEW)).isFalse();
  }

  @Test
  void aGroupIsNoUserOfThatName() {
    User data = User.of("data", Set.of());
    assertThat(JobPolicy.level(data, List.of(DATA_RUNS))).isEmpty();
    Grant group = new Grant(Kind.GROUP, "maria", Level.MANAGE);
    assertThat(JobPolicy.level(MARIA, List.of(group))).isEmpty();
  }

  @Test
  void everybodyIsInTheGroupOfAllUsers() {
    Grant everybody = new Grant(Kind.GROUP, "users", Level.VIEW);
    assertThat(JobPolicy.allows(ANA, List.of(everybody), Level.VIEW)).isTrue();
  }

  @Test
  void administratorsMayEverything() {
    assertThat(JobPolicy.allows(BOSS, List.of(), Level.OWNER)).isTrue();
    assertThat(JobPolicy.mayOwn(BOSS, ALL, new Grant(Kind.USER, "maria", Level.OWNER))).isTrue();
    assertThat(JobPolicy.mayRunAs(BOSS, "ana")).isTrue();
  }

  @Test
  void nobodyElseGivesAJobAway() {
    Grant maria = new Grant(Kind.USER, "maria", Level.OWNER);
    assertThat(JobPolicy.mayOwn(ANA, ALL, maria)).isFalse();
    assertThat(JobPolicy.mayOwn(MARIA, ALL, maria)).isFalse();
    assertThat(JobPolicy.mayOwn(ANA, List.of(), maria)).isFalse();
    assertThat(JobPolicy.mayOwn(MARIA, List.of(), maria)).isTrue();
    assertThat(JobPolicy.mayOwn(MARIA, ALL, ANA_OWNS)).isTrue();
    assertThat(JobPolicy.mayRunAs(ANA, "maria")).isFalse();
    assertThat(JobPolicy.mayRunAs(ANA, "Ana")).isTrue();
  }
}
