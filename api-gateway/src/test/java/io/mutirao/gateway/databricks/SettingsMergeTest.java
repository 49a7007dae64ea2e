package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsMergeTest {

  private static final String TASKS =
      """
      {'name':'n','tasks':[{'task_key':'a','x_task':{},'max_retries':2},
                           {'task_key':'b','x_task':{}}],
       'job_clusters':[{'job_cluster_key':'c','new_cluster':{'num_workers':1}}]}
      """;

  @Test
  void theDocumentsExampleAppliedToTheDocumentsJob() throws Rejected {
    ObjectNode expected = Sent.object(Sent.EXAMPLE);
    expected.remove(List.of("new_cluster", "libraries"));
    expected.put("existing_cluster_id", "1201-my-cluster");
    expected.set(
        "email_notifications",
        Sent.object("{'on_start':['someone@example.com'],'on_success':[],'on_failure':[]}"));
    assertThat(
            merged(
                Sent.EXAMPLE,
                """
                {'job_id':1,
                 'new_settings':{'existing_cluster_id':'1201-my-cluster',
                   'email_notifications':{'on_start':['someone@example.com'],'on_success':[],
                                          'on_failure':[]}},
                 'fields_to_remove':['libraries']}
                """))
        .isEqualTo(expected);
  }

  @Test
  void aFieldAtTheTopIsReplacedWholeAndNotMerged() throws Rejected {
    assertThat(
            merged("{'tags':{'a':'1','b':'2'},'name':'n'}", "{'new_settings':{'tags':{'a':'3'}}}"))
        .isEqualTo(Sent.object("{'tags':{'a':'3'},'name':'n'}"));
  }

  @Test
  void tasksAreMergedByTheirKeysAndReplacedWhole() throws Rejected {
    assertThat(
            merged(
                    TASKS,
                    "{'new_settings':{'tasks':[{'task_key':'c','y_task':{}},"
                        + "{'task_key':'a','z_task':{}}]}}")
                .get("tasks"))
        .isEqualTo(
            Sent.object(
                    "{'t':[{'task_key':'a','z_task':{}},{'task_key':'b','x_task':{}},"
                        + "{'task_key':'c','y_task':{}}]}")
                .get("t"));
  }

  @Test
  void singleTasksAndClustersCanBeRemoved() throws Rejected {
    assertThat(merged(TASKS, "{'fields_to_remove':['tasks/a','job_clusters/c','job_clusters/x']}"))
        .isEqualTo(Sent.object("{'name':'n','tasks':[{'task_key':'b','x_task':{}}]}"));
  }

  @Test
  void whatIsRemovedAndGivenIsTheGiven() throws Rejected {
    assertThat(
            merged(
                TASKS,
                "{'new_settings':{'tasks':[{'task_key':'d','x_task':{}}]},"
                    + "'fields_to_remove':['tasks','job_clusters','name','not_there']}"))
        .isEqualTo(Sent.object("{'tasks':[{'task_key':'d','x_task':{}}]}"));
  }

  @Test
  void anotherTaskTakesThePlaceOfTheOneThatWas() throws Rejected {
    assertThat(
            merged(
                "{'notebook_task':{'notebook_path':'/a'},'new_cluster':{'num_workers':1}}",
                "{'new_settings':{'spark_python_task':{'python_file':'/b'}}}"))
        .isEqualTo(
            Sent.object(
                "{'new_cluster':{'num_workers':1},'spark_python_task':{'python_file':'/b'}}"));
  }

  @Test
  void aJobOfOneTaskCanBeGivenMore() throws Rejected {
    assertThat(
            merged(
                "{'name':'n','existing_cluster_id':'c','x_task':{},'max_retries':1}",
                "{'new_settings':{'tasks':[{'task_key':'more','y_task':{}}]}}"))
        .isEqualTo(
            Sent.object(
                "{'name':'n','tasks':[{'task_key':'main','x_task':{},'existing_cluster_id':'c',"
                    + "'max_retries':1},{'task_key':'more','y_task':{}}]}"));
  }

  @Test
  void nullsChangeNothing() throws Rejected {
    assertThat(merged(TASKS, "{'new_settings':{'name':null},'fields_to_remove':null}"))
        .isEqualTo(Sent.object(TASKS));
    assertThat(merged(TASKS, "{}")).isEqualTo(Sent.object(TASKS));
  }

  @Test
  void whatWasIsLeftAsItWas() throws Rejected {
    ObjectNode now = Sent.object(TASKS);
    SettingsMerge.merged(now, Sent.fields("{'fields_to_remove':['tasks/a','name']}"));
    assertThat(now).isEqualTo(Sent.object(TASKS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'fields_to_remove':['new_cluster/num_workers']} | fields_to_remove: expected a field of",
        "{'fields_to_remove':['schedule.timezone_id']} | fields_to_remove: expected a field of",
        "{'fields_to_remove':['tasks/']} | fields_to_remove: expected a field of",
        "{'fields_to_remove':['']} | fields_to_remove: expected a field of",
        "{'fields_to_remove':'name'} | fields_to_remove: expected an array of strings",
        "{'fields_to_remove':[1]} | fields_to_remove: expected an array of strings",
        "{'new_settings':[]} | new_settings: expected an object",
        "{'new_settings':{'tasks':{}}} | new_settings.tasks: expected an array of objects",
        "{'new_settings':{'tasks':[{}]}} | new_settings.tasks[0].task_key: required",
        "{'new_settings':{'tasks':[{'task_key':'a'},{'task_key':'a'}]}} | new_settings.tasks[1].task_key: expected a key that no other has"
      })
  void whatCannotBeMergedIsNamed(String request, String says) {
    assertThatThrownBy(() -> merged(TASKS, request)).hasMessageContaining(says);
  }

  private static ObjectNode merged(String now, String request) throws Rejected {
    return SettingsMerge.merged(Sent.object(now), Sent.fields(request));
  }
}
