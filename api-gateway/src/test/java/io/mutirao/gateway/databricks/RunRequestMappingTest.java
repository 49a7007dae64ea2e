package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.id.JobId;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.core.Runs.Which;
import io.mutirao.gateway.http.Fields;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRequestMappingTest {

  @Test
  void parametersGoToTheTasksOfTheirKind() throws Rejected {
    Runs.Request request =
        request(
            """
            {'job_id':'5','python_params':['a'],'jar_params':['ç'],'spark_submit_params':[],
             'idempotency_token':'t'}
            """);
    assertThat(request.job()).isEqualTo(new JobId(5));
    assertThat(request.token()).isEqualTo("t");
    assertThat(request.parameters().toString())
        .isEqualTo("{jar=[\"ç\"], python=[\"a\"], submit=[], wheel=[\"a\"]}");
    assertThat(request("{'job_id':5,'notebook_params':{'k':'v'}}").parameters().toString())
        .isEqualTo("{notebook={\"k\":\"v\"}}");
    assertThat(request("{'job_id':5,'idempotency_token':''}").token()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | job_id: required field is missing, expected an int64",
        "{'job_id':'x'} | job_id: expected an int64, not",
        "{'job_id':0} | UnknownJob[id=0]",
        "{'job_id':9007199254740992} | UnknownJob[id=9007199254740992]",
        "{'job_id':1,'jar_params':[],'notebook_params':{}} | jar_params and notebook_params cannot",
        "{'job_id':1,'python_params':['ç']} | python_params: only ASCII",
        "{'job_id':1,'spark_submit_params':['ç']} | spark_submit_params: only ASCII",
        "{'job_id':1,'spark_submit_params':['--conf','spark.master=local','x.jar']} | spark_submit_params: spark.master is set by the service",
        "{'job_id':1,'notebook_params':{'ç':'a'}} | notebook_params: only ASCII",
        "{'job_id':1,'notebook_params':{'a':1}} | notebook_params.a: expected a string",
        "{'job_id':1,'notebook_params':[]} | notebook_params: expected an object",
        "{'job_id':1,'python_params':'a'} | python_params: expected an array of strings",
        "{'job_id':1,'python_params':[1]} | python_params: expected an array of strings",
        "{'job_id':1,'idempotency_token':7} | idempotency_token: expected a string"
      })
  void whatIsWrongIsNamed(String body, String says) {
    assertThatThrownBy(() -> request(body)).hasMessageContaining(says);
  }

  @Test
  void aTokenHasAtMost64Characters() throws Rejected {
    assertThat(request("{'job_id':1,'idempotency_token':'" + "x".repeat(64) + "'}").token())
        .hasSize(64);
    assertThatThrownBy(() -> request("{'job_id':1,'idempotency_token':'" + "x".repeat(65) + "'}"))
        .hasMessageContaining("idempotency_token: at most 64 characters are allowed, not 65");
  }

  @ParameterizedTest
  @CsvSource({"python_params", "jar_params", "spark_submit_params"})
  void theJsonOfParametersHasAtMost10000Bytes(String field) throws Rejected {
    int frame = ("{\"" + field + "\":[\"\"]}").length();
    String most = "x".repeat(10_000 - frame);
    assertThat(request("{'job_id':1,'" + field + "':['" + most + "']}").parameters()).isNotEmpty();
    assertThatThrownBy(() -> request("{'job_id':1,'" + field + "':['" + most + "x']}"))
        .hasMessageContaining(field + ": its JSON representation has 10001 bytes, at most 10000");
  }

  @Test
  void bytesAreCountedNotCharacters() {
    assertThatThrownBy(() -> request("{'job_id':1,'jar_params':['" + "ç".repeat(5_000) + "']}"))
        .hasMessageContaining("jar_params: its JSON representation has");
  }

  @Test
  void aListHasTheDocumentsDefaults() throws Rejected {
    assertThat(query("")).isEqualTo(new Runs.Query(null, Which.ALL, null, null, null, null, 0, 20));
    assertThat(query("limit=0&offset=3&job_id=7&active_only=true"))
        .isEqualTo(new Runs.Query(new JobId(7), Which.ACTIVE, null, null, null, null, 3, 1000));
    assertThat(query("limit=1000&completed_only=true&active_only=false&run_type=JOB_RUN"))
        .isEqualTo(new Runs.Query(null, Which.FINISHED, false, null, null, null, 0, 1000));
  }

  /** Some say the largest number there is when they mean no bound; no database counts so far. */
  @Test
  void aTimeThatIsFartherThanAnyRunIsAsFarAsCanBe() throws Rejected {
    Runs.Query query =
        RunRequestMapping.query(
                fields("start_time_from=253402300799999&start_time_to=" + Long.MAX_VALUE),
                Version.V2_1)
            .orElseThrow();
    assertThat(query.to()).isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
    assertThat(query.from()).isEqualTo(query.to());
  }

  @Test
  void runsOfNoSavedJobAreAType() throws Rejected {
    assertThat(query("run_type=SUBMIT_RUN").submitted()).isTrue();
    assertThat(query("run_type=JOB_RUN").submitted()).isFalse();
  }

  @Test
  void noNotebookStartsOthers() throws Rejected {
    assertThat(RunRequestMapping.query(fields("run_type=WORKFLOW_RUN"), Version.V2_0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=1001 | Invalid limit 1001 - it has to be no more than 1000.",
        "limit=-1 | limit: expected a whole number from 0",
        "limit=ten | limit: expected a whole number",
        "offset=-1 | offset: expected a whole number from 0",
        "active_only=true&completed_only=true | active_only and completed_only cannot both",
        "active_only=perhaps | active_only: expected true or false",
        "run_type=OTHER_RUN | run_type: expected one of JOB_RUN, WORKFLOW_RUN, SUBMIT_RUN",
        "job_id=x | job_id: expected an int64"
      })
  void whatIsWrongInAListIsNamed(String query, String says) {
    assertThatThrownBy(() -> query(query)).hasMessageContaining(says);
  }

  private static Runs.Request request(String body) throws Rejected {
    return RunRequestMapping.request(Sent.fields(body));
  }

  private static Runs.Query query(String query) throws Rejected {
    return RunRequestMapping.query(fields(query), Version.V2_0).orElseThrow();
  }

  private static Fields fields(String query) {
    var node = JsonNodeFactory.instance.objectNode();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        node.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    return Fields.ofText(node);
  }
}
