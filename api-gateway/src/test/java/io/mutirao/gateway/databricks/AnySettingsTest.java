package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands in whichever field: the settings are taken and can be stored, sent and shown, or
 * they are refused with a message that names a field. Nothing in between.
 */
class AnySettingsTest {

  private static final String SINGLE =
      """
      {'name':'n','new_cluster':{'spark_version':'7','node_type_id':'n','driver_node_type_id':'d',
        'autoscale':{'min_workers':1,'max_workers':2},'spark_conf':{'a':'b'},
        'custom_tags':{'k':'v'},'cluster_log_conf':{'dbfs':{'destination':'dbfs:/l'}},
        'init_scripts':[{'workspace':{'destination':'/s'}}],'spark_env_vars':{'A':'B'},
        'enable_elastic_disk':true,'instance_pool_id':'i','driver_instance_pool_id':'j',
        'azure_attributes':{'first_on_demand':1,'availability':'SPOT_AZURE',
                            'spot_bid_max_price':-1}},
       'notebook_task':{'notebook_path':'/n','revision_timestamp':1,'base_parameters':{'k':'v'}},
       'libraries':[{'jar':'j'},{'pypi':{'package':'p','repo':'r'}},
                    {'maven':{'coordinates':'c','exclusions':['e']}}],
       'email_notifications':{'on_start':['a@b'],'no_alert_for_skipped_runs':true},
       'webhook_notifications':{'on_failure':[{'id':'w'}]},
       'notification_settings':{'alert_on_last_attempt':true},
       'timeout_seconds':5,'max_retries':2,'min_retry_interval_millis':100,
       'retry_on_timeout':true,'max_concurrent_runs':3,
       'schedule':{'quartz_cron_expression':'0 0 1 * * ?','timezone_id':'UTC',
                   'pause_status':'PAUSED'},
       'health':{'rules':[{'metric':'RUN_DURATION_SECONDS','operator':'GREATER_THAN','value':9}]},
       'run_as':{'user_name':'u'},
       'access_control_list':[{'user_name':'u','permission_level':'CAN_VIEW'}]}
      """;

  private static final String SEVERAL =
      """
      {'name':'n','job_clusters':[{'job_cluster_key':'c','new_cluster':
           {'spark_version':'7','node_type_id':'n','num_workers':0}}],
       'environments':[{'environment_key':'e','spec':{'client':'1','dependencies':['x']}}],
       'parameters':[{'name':'p','default':'d'}],'queue':{'enabled':true},'tags':{'t':'v'},
       'git_source':{'git_url':'u','git_provider':'gitHub','git_branch':'b'},
       'trigger':{'pause_status':'UNPAUSED','periodic':{'interval':2,'unit':'DAYS'}},
       'description':'d','deployment':{'kind':'BUNDLE'},'edit_mode':'EDITABLE',
       'format':'MULTI_TASK',
       'tasks':[
         {'task_key':'wheel','environment_key':'e','timeout_seconds':3,'max_retries':-1,
          'python_wheel_task':{'package_name':'p','entry_point':'e','parameters':['x']}},
         {'task_key':'sql','sql_task':{'warehouse_id':'w','query':{'query_id':'q'},
                                       'parameters':{'k':'v'}}},
         {'task_key':'if','condition_task':{'op':'EQUAL_TO','left':'1','right':'2'}},
         {'task_key':'loop','depends_on':[{'task_key':'if','outcome':'true'}],'run_if':'ALL_DONE',
          'for_each_task':{'inputs':'[1]','concurrency':2,
             'task':{'task_key':'i','job_cluster_key':'c',
                     'spark_python_task':{'python_file':'/a','parameters':['{{input}}']}}}},
         {'task_key':'other','run_job_task':{'job_id':5,'job_parameters':{'a':'b'},
                                             'python_params':['x']},
          'email_notifications':{'on_success':['a@b']},
          'health':{'rules':[{'metric':'RUN_DURATION_SECONDS','op':'GREATER_THAN','value':1}]}},
         {'task_key':'jar','job_cluster_key':'c','spark_jar_task':{'main_class_name':'M'}},
         {'task_key':'dbt','existing_cluster_id':'x','dbt_task':{'commands':['dbt run']}},
         {'task_key':'later','dashboard_task':{'dashboard_id':'d'}}]}
      """;

  private static final List<String> ANYTHING =
      List.of(
          "null",
          "0",
          "1",
          "-1",
          "2147483648",
          "9223372036854775808",
          "1.5",
          "true",
          "\"\"",
          "\"x\"",
          "\" \"",
          "\"ç\"",
          "\"0\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "[\"\"]",
          "[1]",
          "{\"a\":null}",
          "{\"a\":{}}",
          "{\"\":\"\"}");

  static Stream<String> examples() {
    return Stream.of(SINGLE, SEVERAL);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExampleItselfIsTaken(String example) throws Exception {
    for (Version version : Version.values()) {
      usable(JobRequestMapping.create(Sent.fields(example), version).definition());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whateverStandsInAFieldIsTakenOrRefusedWithItsName(String example) throws Exception {
    for (String pointer : pointers("", Sent.object(example), new ArrayList<>())) {
      for (String anything : ANYTHING) {
        ObjectNode settings = Sent.object(example);
        put(settings, pointer, Codec.JSON.readTree(anything));
        tried(settings, pointer + " = " + anything);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whateverIsLeftOutIsADefaultOrRefused(String example) throws Exception {
    for (String pointer : pointers("", Sent.object(example), new ArrayList<>())) {
      ObjectNode settings = Sent.object(example);
      JsonNode parent = settings.at(JsonPointer.compile(pointer).head());
      String name = pointer.substring(pointer.lastIndexOf('/') + 1);
      if (parent instanceof ObjectNode object) {
        object.remove(name);
      } else {
        ((ArrayNode) parent).remove(Integer.parseInt(name));
      }
      tried(settings, "without " + pointer);
    }
  }

  private static void tried(ObjectNode settings, String what) throws Exception {
    for (Version version : Version.values()) {
      JobDefinition job;
      try {
        job = JobRequestMapping.create(Fields.of(settings), version).definition();
        JobRequestMapping.submit(Fields.of(settings), version);
      } catch (Rejected e) {
        assertThat(e.problem())
            .as(what)
            .isInstanceOfAny(Problem.Invalid.class, Problem.UnknownJob.class);
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError(what, e);
      }
      usable(job);
    }
  }

  /** Stored, sent, read again, shown in every version, and changed. */
  private static void usable(JobDefinition job) throws IOException, Rejected {
    byte[] sent = Codec.JSON.writeValueAsBytes(job);
    JobDefinition read = Codec.JSON.readValue(sent, JobDefinition.class);
    assertThat(read.settings()).isEqualTo(Codec.JSON.readTree(sent).get("settings"));
    JobView view = new JobView(new JobId(7), 1, read, "ana", "ana", Instant.EPOCH);
    for (Version version : Version.values()) {
      assertThat(
              Shown.of(JobMapping.job(view, name -> name, version, new Pieces(0))).path("settings"))
          .isNotEmpty();
    }
    JobRequestMapping.update(Sent.fields("{'new_settings':{'name':'other'}}"), Version.V2_2)
        .of(view);
  }

  private static List<String> pointers(String at, JsonNode node, List<String> found) {
    if (!at.isEmpty()) {
      found.add(at);
    }
    if (node.isObject()) {
      node.properties().forEach(f -> pointers(at + "/" + f.getKey(), f.getValue(), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        pointers(at + "/" + i, node.get(i), found);
      }
    }
    return found;
  }

  private static void put(ObjectNode settings, String pointer, JsonNode value) {
    JsonNode parent = settings.at(JsonPointer.compile(pointer).head());
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (parent instanceof ObjectNode object) {
      object.set(name, value);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(name), value);
    }
  }
}
