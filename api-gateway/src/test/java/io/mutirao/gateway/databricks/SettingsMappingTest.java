package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsMappingTest {

  private static final String PYTHON = "'spark_python_task':{'python_file':'dbfs:/a.py'}";
  private static final String NEW_CLUSTER =
      "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1}";
  private static final String SUBMIT = NEW_CLUSTER + ",'spark_submit_task':{'parameters':['x']}";
  private static final String VALID = "'existing_cluster_id':'c'," + PYTHON;

  @Test
  void aPythonTaskBecomesATaskOfTheCore() throws Rejected {
    JobDefinition job =
        definition(
            """
            {'name':'n','existing_cluster_id':'gpu','timeout_seconds':60,'max_concurrent_runs':7,
             'spark_python_task':{'python_file':'file:/a b.py','parameters':['x','ç']}}
            """);
    Task task =
        Task.of("main", "python", Sent.object("{'file':'file:/a b.py','parameters':['x','ç']}"));
    assertThat(job.tasks()).containsExactly(task);
    assertThat(job.name()).isEqualTo("n");
    assertThat(job.pool()).isEqualTo("gpu");
    assertThat(job.timeoutSeconds()).isEqualTo(60);
    assertThat(job.maxConcurrentRuns()).isEqualTo(7);
  }

  @Test
  void defaultsAreTheDocuments() throws Rejected {
    JobDefinition job =
        definition(
            "{'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':0},"
                + PYTHON
                + "}");
    assertThat(job.name()).isEqualTo("Untitled");
    assertThat(job.maxConcurrentRuns()).isEqualTo(1);
    assertThat(job.timeoutSeconds()).isZero();
    assertThat(job.pool()).isEqualTo("default");
  }

  @Test
  void whatATaskRefersToIsPutIntoItsSetup() throws Rejected {
    JobDefinition job =
        definition(
            """
            {'job_clusters':[{'job_cluster_key':'big','new_cluster':
               {'spark_version':'7','node_type_id':'n','num_workers':1,'spark_conf':{'a':'b'}}}],
             'environments':[{'environment_key':'e','spec':{'client':'1','dependencies':['x']}}],
             'tasks':[{'task_key':'a','job_cluster_key':'big','libraries':[{'whl':'dbfs:/x.whl'}],
                       'spark_python_task':{'python_file':'dbfs:/a.py'}},
                      {'task_key':'b','environment_key':'e',
                       'spark_python_task':{'python_file':'dbfs:/a.py'}},
                      {'task_key':'c','existing_cluster_id':'c',
                       'spark_python_task':{'python_file':'dbfs:/a.py'}}]}
            """);
    assertThat(job.tasks())
        .extracting(Task::setup)
        .containsExactly(
            Sent.object(
                """
                {'libraries':[{'whl':'dbfs:/x.whl'}],
                 'cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,
                            'spark_conf':{'a':'b'}}}
                """),
            Sent.object("{'environment':{'client':'1','dependencies':['x']}}"),
            null);
  }

  @Test
  void settingsAreKeptAsTheyWereSent() throws Rejected {
    var sent = Sent.object(Sent.EXAMPLE);
    sent.put("a_field_of_tomorrow", 1.5).putNull("libraries_of_tomorrow");
    JobDefinition job = SettingsMapping.job(Fields.of(sent), Version.V2_0);
    assertThat(job.settings()).isEqualTo(sent);
    assertThat(job.dialect()).isEqualTo("databricks");
    assertThat(job.tasks().getFirst().kind()).isEqualTo("jar");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'notebook_task':{'notebook_path':'/a','base_parameters':{'k':'v'}} | notebook",
        "'spark_jar_task':{'main_class_name':'A','parameters':['x']} | jar",
        "'pipeline_task':{'pipeline_id':'p'} | pipeline",
        "'run_job_task':{'job_id':12345678901} | run_job",
        "'noop_task':{} | noop"
      })
  void everyTaskOfTheDocumentIsTaken(String task, String kind) throws Rejected {
    JobDefinition job = definition("{'existing_cluster_id':'c'," + task + "}");
    assertThat(job.tasks().getFirst().kind()).isEqualTo(kind);
  }

  @Test
  void sparkSubmitRunsOnANewClusterOnly() throws Rejected {
    String task = "'spark_submit_task':{'parameters':['--class','A']}";
    JobDefinition job = definition("{" + NEW_CLUSTER + "," + task + "}");
    assertThat(job.tasks().getFirst().kind()).isEqualTo("submit");
    assertThatThrownBy(() -> definition("{'existing_cluster_id':'c'," + task + "}"))
        .hasMessageContaining("existing_cluster_id: spark_submit_task runs on a new_cluster only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'pipeline_task':{'pipeline_id':'p'}",
        "'run_job_task':{'job_id':1}",
        "'noop_task':{}"
      })
  void someTasksNeedNoCluster(String task) throws Rejected {
    assertThat(definition("{" + task + "}").pool()).isEqualTo("default");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // tasks
        "'existing_cluster_id':'c' | A task is missing: one of notebook_task",
        VALID + ",'notebook_task':{'notebook_path':'/a'} | Only one task is allowed",
        "'existing_cluster_id':'c','spark_python_task':[] | spark_python_task: expected an object",
        "'existing_cluster_id':'c','spark_python_task':{} | spark_python_task.python_file: required",
        "'existing_cluster_id':'c','spark_python_task':{'python_file':7} | spark_python_task.python_file: expected a string, not 7",
        "'existing_cluster_id':'c','spark_python_task':{'python_file':''} | spark_python_task.python_file: must not be empty",
        "'existing_cluster_id':'c','spark_python_task':{'python_file':'a.py'} | spark_python_task.python_file: expected a path",
        "'existing_cluster_id':'c','spark_python_task':{'python_file':'/a','parameters':'x'} | spark_python_task.parameters: expected an array",
        "'existing_cluster_id':'c','spark_python_task':{'python_file':'/a','parameters':[1]} | spark_python_task.parameters: expected an array of strings",
        "'existing_cluster_id':'c','notebook_task':{'notebook_path':'a'} | notebook_task.notebook_path: expected an absolute path",
        "'existing_cluster_id':'c','notebook_task':{'notebook_path':'/a','base_parameters':{'k':'ç'}} | notebook_task.base_parameters: only ASCII",
        "'existing_cluster_id':'c','notebook_task':{'notebook_path':'/a','base_parameters':{'k':1}} | notebook_task.base_parameters.k: expected a string",
        "'pipeline_task':{} | pipeline_task.pipeline_id: required",
        "'run_job_task':{'job_id':'x'} | run_job_task.job_id: expected an int64",
        // clusters
        PYTHON
            + " | One of job_cluster_key, new_cluster, or existing_cluster_id must be specified.",
        VALID
            + ",'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1} | Only one of new_cluster",
        "'existing_cluster_id':''," + PYTHON + " | existing_cluster_id: must not be empty",
        "'existing_cluster_id':1," + PYTHON + " | existing_cluster_id: expected a string",
        "'new_cluster':'x'," + PYTHON + " | new_cluster: expected an object",
        "'new_cluster':{'num_workers':1}," + PYTHON + " | new_cluster.spark_version: required",
        "'new_cluster':{'spark_version':'7','node_type_id':'n'},"
            + PYTHON
            + " | Missing required field: settings.cluster_spec.new_cluster.size",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':-1},"
            + PYTHON
            + " | new_cluster.num_workers: expected a whole number from 0",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'autoscale':{}},"
            + PYTHON
            + " | new_cluster: only one of num_workers",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','autoscale':{'min_workers':2,'max_workers':2}},"
            + PYTHON
            + " | new_cluster.autoscale.max_workers: expected more than min_workers",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'spark_env_vars':{'A':'ç'}},"
            + PYTHON
            + " | new_cluster.spark_env_vars: only ASCII",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'spark_env_vars':{'A=B':'c'}},"
            + PYTHON
            + " | new_cluster.spark_env_vars: expected names without =",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'spark_env_vars':{'A':'b\\u0000'}},"
            + PYTHON
            + " | new_cluster.spark_env_vars: expected names without = and values without NUL, not 'A'",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'spark_conf':{'a':{'b':1}}},"
            + PYTHON
            + " | new_cluster.spark_conf.a: expected a string, a number or a boolean",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'driver_instance_pool_id':'p'},"
            + PYTHON
            + " | new_cluster.instance_pool_id: required",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'custom_tags':{'':'v'}},"
            + PYTHON
            + " | new_cluster.custom_tags: the key '' has 0",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'custom_tags':{'a%':'v'}},"
            + PYTHON
            + " | new_cluster.custom_tags: the key 'a%' has one of",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'custom_tags':{'AzureX':'v'}},"
            + PYTHON
            + " | new_cluster.custom_tags: the key 'AzureX' begins",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'custom_tags':{'k':5}},"
            + PYTHON
            + " | new_cluster.custom_tags.k: expected a string, not 5",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'cluster_log_conf':{}},"
            + PYTHON
            + " | new_cluster.cluster_log_conf: exactly one of dbfs",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'cluster_log_conf':{'dbfs':{}}},"
            + PYTHON
            + " | new_cluster.cluster_log_conf.dbfs.destination: required",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'init_scripts':[{'dbfs':{'destination':''}}]},"
            + PYTHON
            + " | new_cluster.init_scripts[0].dbfs.destination: must not",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'azure_attributes':{'first_on_demand':0}},"
            + PYTHON
            + " | new_cluster.azure_attributes.first_on_demand: expected a whole",
        "'new_cluster':{'spark_version':'7','node_type_id':'n','num_workers':1,'azure_attributes':{'availability':'X'}},"
            + PYTHON
            + " | new_cluster.azure_attributes.availability: expected one of SPOT_AZURE",
        "'new_cluster':{'spark_version':'7','num_workers':1},"
            + PYTHON
            + " | new_cluster.node_type_id: required",
        SUBMIT + ",'libraries':[{'jar':'a'}] | libraries: not supported with spark_submit_task",
        NEW_CLUSTER
            + ",'spark_submit_task':{'parameters':['--master','local']} | spark_submit_task.parameters: --master is set",
        NEW_CLUSTER
            + ",'spark_submit_task':{'parameters':['--executor-cores=2']} | spark_submit_task.parameters: --executor-cores",
        NEW_CLUSTER
            + ",'spark_submit_task':{'parameters':['--class','X','--conf','spark.master=local','x.jar']} | spark_submit_task.parameters: spark.master is set by the service",
        NEW_CLUSTER
            + ",'spark_submit_task':{'parameters':['-v','-c','spark.submit.deployMode=cluster','x.jar']} | spark_submit_task.parameters: spark.submit.deployMode is set",
        NEW_CLUSTER
            + ",'spark_submit_task':{'parameters':['--conf=spark.executor.cores=2','x.jar']} | spark_submit_task.parameters: spark.executor.cores is set",
        // numbers and flags
        VALID
            + ",'max_concurrent_runs':1001 | max_concurrent_runs: expected a whole number from 0 to 1000, not 1001",
        VALID + ",'max_concurrent_runs':-1 | max_concurrent_runs: expected",
        VALID + ",'max_concurrent_runs':'1' | max_concurrent_runs: expected",
        VALID + ",'max_concurrent_runs':1.5 | max_concurrent_runs: expected",
        VALID + ",'timeout_seconds':-1 | timeout_seconds: expected a whole number from 0",
        VALID + ",'timeout_seconds':3000000000 | timeout_seconds: expected",
        VALID + ",'max_retries':-2 | max_retries: expected a whole number from -1",
        VALID + ",'min_retry_interval_millis':-1 | min_retry_interval_millis: expected",
        VALID + ",'retry_on_timeout':'yes' | retry_on_timeout: expected true or false",
        VALID + ",'name':7 | name: expected a string",
        // what is kept only
        VALID
            + ",'git_source':{'git_url':'u'} | git_source.git_provider: required field is missing, expected one of gitHub",
        VALID + ",'libraries':{} | libraries: expected an array of objects",
        VALID + ",'libraries':[{}] | libraries[0].*: exactly one of jar",
        VALID + ",'libraries':[{'jar':'a','egg':'b'}] | libraries[0].*: exactly one of jar",
        VALID + ",'libraries':[{'pypi':{}}] | libraries[0].pypi.package: required",
        VALID + ",'libraries':[{'whl':'dbfs:/a.zip'}] | libraries[0].whl: expected a wheel",
        VALID + ",'libraries':[{'jar':7}] | libraries[0].jar: expected a string",
        VALID + ",'schedule':7 | schedule: expected an object",
        VALID + ",'schedule':{} | schedule.quartz_cron_expression: required",
        VALID
            + ",'schedule':{'quartz_cron_expression':'* *','timezone_id':'UTC'} | schedule.quartz_cron_expression: expected six or seven parts",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 25 * * ?','timezone_id':'UTC'} | schedule.quartz_cron_expression: expected six or seven parts",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 1 * * *','timezone_id':'UTC'} | schedule.quartz_cron_expression: expected six or seven parts",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 0 31 2 ?','timezone_id':'UTC'} | schedule.quartz_cron_expression: expected times that come (this one never fires), not \"0 0 0 31 2 ?\"",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 0 6 , ?','timezone_id':'UTC'} | schedule.quartz_cron_expression: expected times that come (this one never fires)",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 0 29 2 ? 2027','timezone_id':'UTC','pause_status':'PAUSED'} | schedule.quartz_cron_expression: expected times that come (this one never fires)",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 0 * * ?'} | schedule.timezone_id: required",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 0 * * ?','timezone_id':'Moon'} | schedule.timezone_id: expected a time zone",
        VALID
            + ",'schedule':{'quartz_cron_expression':'0 0 0 * * ?','timezone_id':'UTC','pause_status':'no'} | schedule.pause_status: expected one of PAUSED",
        VALID + ",'email_notifications':[] | email_notifications: expected an object",
        VALID
            + ",'email_notifications':{'on_start':'a@b'} | email_notifications.on_start: expected an array",
        VALID
            + ",'email_notifications':{'on_failure':['ç@b']} | email_notifications.on_failure: only ASCII",
        VALID
            + ",'webhook_notifications':{'on_start':[{}]} | webhook_notifications.on_start[0].id: required",
        VALID
            + ",'webhook_notifications':{'on_start':[{'id':'1'},{'id':'2'},{'id':'3'},{'id':'4'}]} | webhook_notifications.on_start: at most 3",
        VALID
            + ",'notification_settings':{'alert_on_last_attempt':1} | notification_settings.alert_on_last_attempt: expected true",
        VALID
            + ",'health':{'rules':[{'metric':'X','op':'GREATER_THAN','value':1}]} | health.rules[0].metric: expected one of RUN",
        VALID
            + ",'health':{'rules':[{'metric':'RUN_DURATION_SECONDS','operator':'LESS','value':1}]} | health.rules[0].operator: expected one of GREATER_THAN"
      })
  void whatIsWrongIsNamed(String settings, String says) {
    assertThatThrownBy(() -> definition("{" + settings + "}"))
        .isInstanceOf(Rejected.class)
        .extracting(e -> ((Rejected) e).problem().toString())
        .asString()
        .contains("[message=" + says);
  }

  @Test
  void whatTheApplicationIsGivenIsItsOwnAffair() throws Rejected {
    String parameters =
        "['--verbose','--conf','spark.x=y','x.jar','--master','m','--conf','spark.master=m']";
    assertThat(
            definition(
                    "{" + NEW_CLUSTER + ",'spark_submit_task':{'parameters':" + parameters + "}}")
                .tasks())
        .singleElement()
        .satisfies(task ->
            assertThat(task.spec().get("parameters"))
                .isEqualTo(Sent.object("{'p':" + parameters + "}").get("p")));
  }

  @Test
  void aScheduleOnLeapDaysOrOfAPastYearIsOne() throws Rejected {
    for (String fires :
        List.of("0 0 0 29 2 ?", "0 0 0 L 2 ?", "0 0 0 1 1 ? 2020", "0 0 0 ? 2 1#5")) {
      assertThat(
              definition(
                      "{'schedule':{'quartz_cron_expression':'"
                          + fires
                          + "','timezone_id':'UTC'},"
                          + VALID
                          + "}")
                  .trigger())
          .isEqualTo(new JobTrigger.Cron(fires, "UTC", false));
    }
  }

  @Test
  void aNameHasAtMost4096Bytes() throws Rejected {
    String longest = "ç".repeat(2048);
    assertThat(definition("{'name':'" + longest + "'," + VALID + "}").name()).isEqualTo(longest);
    assertThatThrownBy(() -> definition("{'name':'" + longest + "x'," + VALID + "}"))
        .hasMessageContaining("name: at most 4096 bytes");
  }

  private static JobDefinition definition(String settings) throws Rejected {
    return SettingsMapping.job(Sent.fields(settings), Version.V2_0);
  }
}
