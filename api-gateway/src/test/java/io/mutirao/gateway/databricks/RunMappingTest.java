package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.TaskLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunMappingTest {

  private static final String SETTINGS =
      """
      {'name':'a job','existing_cluster_id':'gpu','libraries':[{'jar':'dbfs:/a.jar'}],
       'spark_python_task':{'python_file':'dbfs:/a.py'}}
      """;

  @Test
  void cleaningUpIsTheTimeAfterTheProgramHadEnded() {
    Seen seen = Seen.of(SETTINGS).in(Phase.FINISHED, Result.SUCCEEDED).from(1_000_100L, 1_000_350L);
    JsonNode run = shown(seen.executedUntil(1_000_300L));
    assertThat(run.get("setup_duration").longValue()).isEqualTo(100);
    assertThat(run.get("execution_duration").longValue()).isEqualTo(200);
    assertThat(run.get("cleanup_duration").longValue()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, , PENDING, , false",
    "RUNNING, , RUNNING, , false",
    "TERMINATING, , TERMINATING, , false",
    "FINISHED, SUCCEEDED, TERMINATED, SUCCESS, false",
    "FINISHED, FAILED, TERMINATED, FAILED, false",
    "FINISHED, CANCELED, TERMINATED, CANCELED, true",
    "FINISHED, TIMED_OUT, TERMINATED, TIMEDOUT, true",
    "FINISHED, SKIPPED, SKIPPED, , false",
    "FINISHED, ERROR, INTERNAL_ERROR, , false"
  })
  void eachPhaseAndResultIsAStateOfTheDocument(
      Phase phase, Result result, String lifeCycle, String resultState, boolean stopped) {
    JsonNode state = shown(Seen.of(SETTINGS).in(phase, result).saying("why")).get("state");
    assertThat(state.get("life_cycle_state").textValue()).isEqualTo(lifeCycle);
    assertThat(state.path("result_state").textValue()).isEqualTo(resultState);
    assertThat(state.has("result_state")).isEqualTo(resultState != null);
    assertThat(state.get("user_cancelled_or_timedout").booleanValue()).isEqualTo(stopped);
    assertThat(state.get("state_message").textValue()).isEqualTo("why");
  }

  @Test
  void anErrorAfterTheStartHasAResult() {
    Seen run = Seen.of(SETTINGS).in(Phase.FINISHED, Result.ERROR).from(1_000_100L, 1_000_200L);
    assertThat(shown(run).at("/state/result_state").textValue()).isEqualTo("FAILED");
  }

  @Test
  void aRunOnAnExistingClusterIsShownWhole() {
    Seen run =
        Seen.of(SETTINGS)
            .in(Phase.FINISHED, Result.SUCCEEDED)
            .with(Map.of("python", Codec.JSON.createArrayNode().add("x")))
            .from(1_000_100L, 1_000_350L);
    assertThat(shown(run))
        .isEqualTo(
            Codec.JSON.valueToTree(
                Sent.object(
                    """
                    {'job_id':7,'run_id':12,'creator_user_name':'ana','number_in_job':3,
                     'original_attempt_run_id':12,
                     'state':{'life_cycle_state':'TERMINATED','result_state':'SUCCESS',
                              'user_cancelled_or_timedout':false,'state_message':''},
                     'task':{'spark_python_task':{'python_file':'dbfs:/a.py'}},
                     'cluster_spec':{'existing_cluster_id':'gpu',
                                     'libraries':[{'jar':'dbfs:/a.jar'}]},
                     'cluster_instance':{'cluster_id':'gpu','spark_context_id':'task-16'},
                     'overriding_parameters':{'python_params':['x']},
                     'start_time':1000000,'setup_duration':100,'execution_duration':250,
                     'cleanup_duration':0,'end_time':1000350,'trigger':'ONE_TIME',
                     'run_name':'a job','run_page_url':'http://h:1/?o=0#job/7/run/12',
                     'run_type':'JOB_RUN','attempt_number':0}
                    """)));
  }

  @Test
  void aNewClusterHasAnIdOnceTheRunHasStarted() {
    Seen run = Seen.of("{'new_cluster':{},'noop_task':{}}");
    assertThat(shown(run).has("cluster_instance")).isFalse();
    assertThat(shown(run.from(1_000_100L, null)).at("/cluster_instance/cluster_id").textValue())
        .isEqualTo("run-12");
  }

  @Test
  void whatIsNotOverHasNoEndAndNoParametersIsNoField() {
    JsonNode run = shown(Seen.of(SETTINGS).in(Phase.RUNNING, null).from(1_000_100L, null));
    assertThat(run.get("end_time").longValue()).isZero();
    assertThat(run.get("setup_duration").longValue()).isEqualTo(100);
    assertThat(run.get("execution_duration").longValue()).isZero();
    assertThat(run.has("overriding_parameters")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1000100, 1000350, 100, 250",
    "999000, 1000350, 0, 350", // the worker's clock is behind
    "1009000, 1000350, 350, 0", // and ahead
    ", 1000350, 350, 0"
  })
  void durationsAreNeverNegativeAndSumUpToTheWhole(Long start, Long end, long setup, long exec) {
    JsonNode run = shown(Seen.of(SETTINGS).in(Phase.FINISHED, Result.FAILED).from(start, end));
    assertThat(run.get("setup_duration").longValue()).isEqualTo(setup);
    assertThat(run.get("execution_duration").longValue()).isEqualTo(exec);
  }

  @Test
  void aJobOfAnotherProducerIsShownAsFarAsItCanBe() {
    assertThat(shown(Seen.of("{'spark_python_task':7,'libraries':null}")).get("task")).isEmpty();
  }

  @Test
  void aPageSaysWhetherThereIsMore() {
    RunPage page = new RunPage(List.of(Seen.of(SETTINGS).run()), "older", null);
    JsonNode shown =
        Codec.JSON.valueToTree(
            new RunMapping(Version.V2_0, "http://h", name -> name).page(page, false));
    assertThat(shown.get("has_more").booleanValue()).isTrue();
    assertThat(shown.get("runs")).hasSize(1);
  }

  @Test
  void theOutputOfAFailedRunSaysWhy() {
    Seen run = Seen.of(SETTINGS).in(Phase.FINISHED, Result.FAILED).saying("ValueError: no");
    JsonNode output = output(run, Optional.of(new TaskLog("line\n\0", true)));
    assertThat(output.get("error").textValue()).isEqualTo("ValueError: no");
    assertThat(output.get("logs").textValue()).isEqualTo("line\n\0");
    assertThat(output.get("logs_truncated").booleanValue()).isTrue();
    assertThat(output.at("/metadata/run_id").longValue()).isEqualTo(12);
    assertThat(output.has("notebook_output")).isFalse();
  }

  @Test
  void theOutputOfARunThatWentWellHasNoError() {
    JsonNode output =
        output(Seen.of(SETTINGS).in(Phase.FINISHED, Result.SUCCEEDED), Optional.empty());
    assertThat(output.has("error")).isFalse();
    assertThat(output.get("logs").textValue()).isEmpty();
  }

  private static JsonNode output(Seen run, Optional<TaskLog> log) {
    RunView view = run.run();
    RunWire metadata =
        new RunMapping(Version.V2_0, "http://h", name -> name)
            .found(view, 12, false, new Pieces(0));
    return Codec.JSON.valueToTree(
        OutputMapping.output(metadata, view, view.tasks().getFirst(), log, Optional.empty()));
  }

  private static JsonNode shown(Seen run) {
    return Shown.of(
        new RunMapping(Version.V2_0, "http://h:1", name -> name)
            .found(run.run(), 12, false, new Pieces(0)));
  }
}
