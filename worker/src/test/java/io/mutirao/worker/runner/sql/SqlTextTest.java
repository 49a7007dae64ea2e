package io.mutirao.worker.runner.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {

  @Test
  void statementsEndWithSemicolonsThatAreNotQuoted() {
    assertThat(
            SqlText.statements(
                "select ';' as \"a;b\"; -- one; two\n /* ; */ ;\nselect $x$;$x$ ; ; "))
        .extracting(SqlText::sql)
        .containsExactly("select ';' as \"a;b\"", "select $x$;$x$");
  }

  @Test
  void parametersAreNamedAfterAColon() {
    assertThat(
            SqlText.statements("select :day::date, ':no', a[1:2] -- :none\n from t where x=:n_1"))
        .containsExactly(
            new SqlText(
                "select ?::date, ':no', a[1:2] -- :none\n from t where x=?",
                List.of("day", "n_1")));
  }

  @Test
  void aQuestionMarkOfTheTextStays() {
    assertThat(SqlText.statements("select '{\"a\":1}'::jsonb ? 'a'"))
        .extracting(SqlText::sql)
        .containsExactly("select '{\"a\":1}'::jsonb ?? 'a'");
  }
}
