package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.InvalidState;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.service.jobs.BaseJob;
import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.CancelAllRuns;
import com.databricks.sdk.service.jobs.CreateJob;
import com.databricks.sdk.service.jobs.GetRunRequest;
import com.databricks.sdk.service.jobs.Job;
import com.databricks.sdk.service.jobs.JobParameterDefinition;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.JobsAPI;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import com.databricks.sdk.service.jobs.RepairHistoryItemType;
import com.databricks.sdk.service.jobs.RepairRun;
import com.databricks.sdk.service.jobs.ResetJob;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunLifeCycleState;
import com.databricks.sdk.service.jobs.RunLifecycleStateV2State;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.jobs.RunResultState;
import com.databricks.sdk.service.jobs.RunTask;
import com.databricks.sdk.service.jobs.RunType;
import com.databricks.sdk.service.jobs.SparkPythonTask;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.jobs.Task;
import com.databricks.sdk.service.jobs.TaskDependency;
import com.databricks.sdk.service.jobs.TerminationCodeCode;
import com.databricks.sdk.service.jobs.UpdateJob;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of a job as databricks-sdk-java tells it; it speaks Jobs 2.2. */
@OnJourneyStack
class DatabricksSdkIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String FAILS = "print('before')\nraise ValueError('no such table')";

  @TempDir Path folder;

  private final Mutirao mutirao;
  private final JobsAPI jobs;
  private final Scripts scripts;

  DatabricksSdkIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = client(mutirao.token());
    scripts = mutirao.scripts();
  }

  private JobsAPI client(String token) {
    DatabricksConfig config =
        new DatabricksConfig().setHost(mutirao.url()).setToken(token).setAuthType("pat");
    return new WorkspaceClient(config).jobs();
  }

  private Task task(String key, String script, String... parameters) {
    return new Task()
        .setTaskKey(key)
        .setExistingClusterId("default")
        .setSparkPythonTask(python(script, parameters));
  }

  private SparkPythonTask python(String script, String... parameters) {
    return new SparkPythonTask()
        .setPythonFile("file:" + scripts.write(script))
        .setParameters(List.of(parameters));
  }

  private static Task after(Task task, String... upstream) {
    List<TaskDependency> all = new ArrayList<>();
    for (String key : upstream) {
      all.add(new TaskDependency().setTaskKey(key));
    }
    return task.setDependsOn(all);
  }

  private long create(String name, Task... tasks) {
    return jobs.create(new CreateJob().setName(name).setTasks(List.of(tasks))).getJobId();
  }

  private static String unique(String name) {
    return name + " " + UUID.randomUUID();
  }

  @Test
  void aJobIsCreatedReadChangedAndDeleted() {
    String name = unique("nightly");
    long id = create(name, task("extract", "pass"), after(task("load", "pass"), "extract"));

    Job job = jobs.get(id);
    assertThat(job.getSettings().getName()).isEqualTo(name);
    assertThat(job.getSettings().getTasks())
        .extracting(Task::getTaskKey)
        .containsExactly("extract", "load");
    assertThat(List.copyOf(job.getSettings().getTasks()).get(1).getDependsOn())
        .extracting(TaskDependency::getTaskKey)
        .containsExactly("extract");
    assertThat(job.getCreatorUserName()).isEqualTo("admin");
    assertThat(job.getRunAsUserName()).isEqualTo("admin");
    assertThat(job.getNextPageToken()).isNull();

    jobs.update(
        new UpdateJob()
            .setJobId(id)
            .setNewSettings(
                new JobSettings()
                    .setMaxConcurrentRuns(7L)
                    .setTasks(List.of(task("extract", "pass", "again"))))
            .setFieldsToRemove(List.of("tasks/load")));
    JobSettings updated = jobs.get(id).getSettings();
    assertThat(updated.getName()).isEqualTo(name);
    assertThat(updated.getMaxConcurrentRuns()).isEqualTo(7);
    assertThat(updated.getTasks())
        .singleElement()
        .satisfies(
            task -> assertThat(task.getSparkPythonTask().getParameters()).containsExactly("again"));

    jobs.reset(
        new ResetJob()
            .setJobId(id)
            .setNewSettings(
                new JobSettings().setName(name).setTasks(List.of(task("only", "pass")))));
    assertThat(jobs.get(id).getSettings().getMaxConcurrentRuns()).isNull();
    assertThat(jobs.get(id).getSettings().getTasks())
        .extracting(Task::getTaskKey)
        .containsExactly("only");

    jobs.delete(id);
    assertThatThrownBy(() -> jobs.get(id))
        .isInstanceOf(ResourceDoesNotExist.class)
        .hasMessageContaining("Job " + id + " does not exist.");
    jobs.delete(id);
  }

  @Test
  void aListIsReadPageByPageToItsEnd() {
    String name = unique("paged");
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(create(name, task("t", "pass")));
    }
    List<Long> found = new ArrayList<>();
    for (BaseJob job :
        jobs.list(new ListJobsRequest().setName(name.toUpperCase(Locale.ROOT)).setLimit(3L))) {
      found.add(job.getJobId());
      assertThat(job.getSettings().getTasks()).isNull();
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(made);
    for (BaseJob job : jobs.list(new ListJobsRequest().setName(name).setExpandTasks(true))) {
      assertThat(job.getSettings().getTasks()).hasSize(1);
    }
  }

  @Test
  void aRunIsStartedWaitedForAndRead() throws Exception {
    long job =
        jobs.create(
                new CreateJob()
                    .setName(unique("graph"))
                    .setParameters(
                        List.of(new JobParameterDefinition().setName("day").setDefault("today")))
                    .setTasks(
                        List.of(
                            task("extract", "print('extracted')"),
                            after(task("load", "print('loaded')"), "extract"))))
            .getJobId();
    Run run = jobs.runNow(new RunNow().setJobId(job)).get(PATIENCE);

    assertThat(run.getState().getLifeCycleState()).isEqualTo(RunLifeCycleState.TERMINATED);
    assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
    assertThat(run.getStatus().getState()).isEqualTo(RunLifecycleStateV2State.TERMINATED);
    assertThat(run.getStatus().getTerminationDetails().getCode())
        .isEqualTo(TerminationCodeCode.SUCCESS);
    assertThat(run.getJobParameters())
        .singleElement()
        .satisfies(parameter -> {
          assertThat(parameter.getName()).isEqualTo("day");
          assertThat(parameter.getDefault()).isEqualTo("today");
        });
    assertThat(run.getRunType()).isEqualTo(RunType.JOB_RUN);
    assertThat(run.getRunPageUrl()).startsWith(mutirao.url());
    assertThat(run.getTasks()).extracting(RunTask::getTaskKey).containsExactly("extract", "load");
    for (var task : run.getTasks()) {
      assertThat(task.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
      var output = jobs.getRunOutput(task.getRunId());
      assertThat(output.getLogs()).isEqualTo(task.getTaskKey() + "ed\n");
      assertThat(output.getMetadata().getRunId()).isEqualTo(task.getRunId());
      assertThat(jobs.getRun(task.getRunId()).getJobRunId()).isEqualTo(run.getRunId());
    }
    assertThatThrownBy(() -> jobs.getRunOutput(run.getRunId()))
        .isInstanceOf(InvalidParameterValue.class)
        .hasMessageContaining("runs with multiple tasks is not supported");
    assertThat(jobs.listRuns(new ListRunsRequest().setJobId(job)))
        .extracting(BaseRun::getRunId)
        .containsExactly(run.getRunId());
    jobs.deleteRun(run.getRunId());
    assertThatThrownBy(() -> jobs.getRun(run.getRunId())).isInstanceOf(ResourceDoesNotExist.class);
  }

  @Test
  void aFailedRunSaysWhyAndItsRepairRunsWhatFailed() throws Exception {
    Path there = folder.resolve("there");
    String fragile = "import os; assert os.path.exists('" + there + "'), 'nothing there'";
    long job =
        create(
            unique("fragile"),
            task("good", "pass"),
            after(task("bad", fragile), "good"),
            after(task("last", "pass"), "bad"));
    Run failed = jobs.runNow(new RunNow().setJobId(job)).get(PATIENCE);
    assertThat(failed.getState().getResultState()).isEqualTo(RunResultState.FAILED);
    var states =
        failed.getTasks().stream().map(task -> String.valueOf(task.getState().getResultState()));
    assertThat(states).containsExactly("SUCCESS", "FAILED", "UPSTREAM_FAILED");
    long bad = List.copyOf(failed.getTasks()).get(1).getRunId();
    assertThat(jobs.getRunOutput(bad).getError()).contains("nothing there");
    assertThat(jobs.getRunOutput(bad).getErrorTrace()).startsWith("Traceback");

    Files.createFile(there);
    Run repaired =
        jobs.repairRun(new RepairRun().setRunId(failed.getRunId()).setRerunAllFailedTasks(true))
            .get(PATIENCE);
    assertThat(repaired.getRunId()).isEqualTo(failed.getRunId());
    assertThat(repaired.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
    Run whole =
        jobs.getRun(new GetRunRequest().setRunId(failed.getRunId()).setIncludeHistory(true));
    assertThat(whole.getRepairHistory())
        .extracting(item -> item.getType())
        .containsExactly(RepairHistoryItemType.ORIGINAL, RepairHistoryItemType.REPAIR);
    assertThat(List.copyOf(whole.getRepairHistory()).getFirst().getState().getResultState())
        .isEqualTo(RunResultState.FAILED);
  }

  @Test
  void aRunIsSubmittedWithoutAJob() throws Exception {
    SubmitTask task =
        new SubmitTask()
            .setTaskKey("once")
            .setExistingClusterId("default")
            .setSparkPythonTask(python(FAILS));
    SubmitRun request =
        new SubmitRun()
            .setRunName("once only")
            .setIdempotencyToken(UUID.randomUUID().toString())
            .setTasks(List.of(task));
    Run run = jobs.submit(request).get(PATIENCE);

    assertThat(run.getRunType()).isEqualTo(RunType.SUBMIT_RUN);
    assertThat(run.getRunName()).isEqualTo("once only");
    assertThat(run.getState().getResultState()).isEqualTo(RunResultState.FAILED);
    assertThat(run.getState().getStateMessage()).contains("no such table");
    assertThat(run.getStatus().getTerminationDetails().getCode())
        .isEqualTo(TerminationCodeCode.RUN_EXECUTION_ERROR);
    assertThat(jobs.submit(request).getResponse().getRunId()).isEqualTo(run.getRunId());
    assertThat(jobs.list(new ListJobsRequest().setName("once only"))).isEmpty();
    long once = run.getTasks().iterator().next().getRunId();
    assertThatThrownBy(() -> jobs.exportRun(once))
        .isInstanceOf(InvalidParameterValue.class)
        .hasMessageContaining("only those can be exported");
  }

  @Test
  void aRunIsCanceledAndThenAllOfThem() throws Exception {
    long job =
        jobs.create(
                new CreateJob()
                    .setName(unique("long"))
                    .setMaxConcurrentRuns(3L)
                    .setTasks(List.of(task("sleep", "import time; time.sleep(300)"))))
            .getJobId();
    long one = jobs.runNow(new RunNow().setJobId(job)).getResponse().getRunId();
    long two = jobs.runNow(new RunNow().setJobId(job)).getResponse().getRunId();
    assertThatThrownBy(() -> jobs.deleteRun(two)).isInstanceOf(InvalidState.class);

    Run canceled = jobs.cancelRun(one).get(PATIENCE);
    assertThat(canceled.getState().getResultState()).isEqualTo(RunResultState.CANCELED);
    assertThat(canceled.getStatus().getTerminationDetails().getCode())
        .isEqualTo(TerminationCodeCode.USER_CANCELED);
    jobs.cancelAllRuns(new CancelAllRuns().setJobId(job));
    assertThat(
            jobs.waitGetRunJobTerminatedOrSkipped(two, PATIENCE, _ -> {})
                .getState()
                .getResultState())
        .isEqualTo(RunResultState.CANCELED);
  }

  @Test
  void errorsAreOfTheClassesThatTheSdkHasForThem() {
    assertThatThrownBy(() -> jobs.get(4_000_000_000L)).isInstanceOf(ResourceDoesNotExist.class);
    assertThatThrownBy(() -> jobs.getRun(4_000_000_000L)).isInstanceOf(ResourceDoesNotExist.class);
    assertThatThrownBy(() -> jobs.cancelRun(4_000_000_000L))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining("Run 4000000000 does not exist.");
    assertThatThrownBy(() -> create("two of one key", task("a", "pass"), task("a", "pass")))
        .isInstanceOf(InvalidParameterValue.class)
        .hasMessageContaining("tasks[1].task_key: two tasks have the key a");
    assertThatThrownBy(() -> client("wrong").get(1)).isInstanceOf(PermissionDenied.class);
  }
}
