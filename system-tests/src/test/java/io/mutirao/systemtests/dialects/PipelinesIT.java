package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.jobs.PipelineTask;
import com.databricks.sdk.service.jobs.RunResultState;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.pipelines.CreatePipeline;
import com.databricks.sdk.service.pipelines.EditPipeline;
import com.databricks.sdk.service.pipelines.FileLibrary;
import com.databricks.sdk.service.pipelines.ListPipelinesRequest;
import com.databricks.sdk.service.pipelines.NotebookLibrary;
import com.databricks.sdk.service.pipelines.PipelineLibrary;
import com.databricks.sdk.service.pipelines.PipelineState;
import com.databricks.sdk.service.pipelines.PipelineStateInfo;
import com.databricks.sdk.service.pipelines.StartUpdate;
import com.databricks.sdk.service.pipelines.StopRequest;
import com.databricks.sdk.service.pipelines.UpdateInfo;
import com.databricks.sdk.service.pipelines.UpdateInfoCause;
import com.databricks.sdk.service.pipelines.UpdateInfoState;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Pipelines, as the unmodified databricks-sdk-java calls them. */
@OnJourneyStack
class PipelinesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<UpdateInfoState> OVER =
      Set.of(UpdateInfoState.COMPLETED, UpdateInfoState.FAILED, UpdateInfoState.CANCELED);

  private final WorkspaceClient client;
  private final String folder = "/pipelines-" + UUID.randomUUID();

  PipelinesIT(Mutirao mutirao) {
    client =
        new WorkspaceClient(
            new DatabricksConfig()
                .setHost(mutirao.url())
                .setToken(mutirao.token())
                .setAuthType("pat"));
  }

  @Test
  void anUpdateRunsWhatThePipelineNamesAndAJobWaitsForOne() throws Exception {
    client.workspace().mkdirs(folder);
    write("one.py", "print('one')");
    write("two", "# Databricks notebook source\nprint('two', dbutils.widgets.get('who'))");
    String name = Api.name("flow");
    String id =
        client
            .pipelines()
            .create(
                new CreatePipeline()
                    .setName(name)
                    .setConfiguration(Map.of("who", "ana"))
                    .setLibraries(List.of(file("one.py"), notebook("two"))))
            .getPipelineId();

    String update = start(id);
    UpdateInfo ended = end(id, update);
    assertThat(ended.getState()).isEqualTo(UpdateInfoState.COMPLETED);
    assertThat(ended.getCause()).isEqualTo(UpdateInfoCause.API_CALL);

    var run =
        client
            .jobs()
            .submit(
                new SubmitRun()
                    .setTasks(
                        List.of(
                            new SubmitTask()
                                .setTaskKey("flow")
                                .setPipelineTask(
                                    new PipelineTask().setPipelineId(id).setFullRefresh(true)))))
            .get(PATIENCE);
    assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
    var task = run.getTasks().iterator().next();
    assertThat(task.getPipelineTask().getPipelineId()).isEqualTo(id);
    assertThat(client.jobs().getRunOutput(task.getRunId()).getLogs())
        .containsSubsequence("one\n", "two ana\n");
    assertThat(client.pipelines().listUpdates(id).getUpdates())
        .extracting(UpdateInfo::getCause, UpdateInfo::getState, UpdateInfo::getFullRefresh)
        .containsExactly(
            tuple(UpdateInfoCause.JOB_TASK, UpdateInfoState.COMPLETED, true),
            tuple(UpdateInfoCause.API_CALL, UpdateInfoState.COMPLETED, false));

    var found = client.pipelines().get(id);
    assertThat(found.getState()).isEqualTo(PipelineState.IDLE);
    assertThat(found.getSpec().getConfiguration()).isEqualTo(Map.of("who", "ana"));
    assertThat(found.getLatestUpdates()).hasSize(2);
    assertThat(
            client
                .pipelines()
                .listPipelines(new ListPipelinesRequest().setFilter("name LIKE '" + name + "'")))
        .extracting(PipelineStateInfo::getPipelineId)
        .containsExactly(id);
    assertThatThrownBy(() ->
            client
                .pipelines()
                .create(new CreatePipeline().setName(name).setLibraries(List.of(file("one.py")))))
        .isInstanceOf(DatabricksError.class)
        .hasMessageContaining("is already used by another pipeline");
  }

  @Test
  void anUpdateIsStoppedAndOneAtATimeRuns() throws Exception {
    client.workspace().mkdirs(folder);
    write("slow.py", "import time; print('up', flush=True); time.sleep(600)");
    write("bad.py", "raise ValueError('no rows')");
    String id =
        client
            .pipelines()
            .create(
                new CreatePipeline()
                    .setName(Api.name("slow"))
                    .setLibraries(List.of(file("slow.py"))))
            .getPipelineId();
    String update = start(id);
    assertThatThrownBy(() -> start(id))
        .isInstanceOf(DatabricksError.class)
        .hasMessageContaining("An active update " + update + " already exists");
    assertThat(
            client.pipelines().stop(new StopRequest().setPipelineId(id)).get(PATIENCE).getState())
        .isEqualTo(PipelineState.IDLE);
    assertThat(end(id, update).getState()).isEqualTo(UpdateInfoState.CANCELED);

    client
        .pipelines()
        .update(
            new EditPipeline()
                .setPipelineId(id)
                .setName("renamed")
                .setAllowDuplicateNames(true)
                .setLibraries(List.of(file("bad.py"))));
    String failed = start(id);
    assertThat(end(id, failed).getState()).isEqualTo(UpdateInfoState.FAILED);
    assertThat(client.pipelines().get(id).getState()).isEqualTo(PipelineState.FAILED);

    client.pipelines().delete(id);
    assertThatThrownBy(() -> client.pipelines().get(id))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("The specified pipeline " + id + " was not found.");
    var run =
        client
            .jobs()
            .submit(
                new SubmitRun()
                    .setTasks(
                        List.of(
                            new SubmitTask()
                                .setTaskKey("flow")
                                .setPipelineTask(new PipelineTask().setPipelineId(id)))))
            .get(PATIENCE);
    assertThat(run.getTasks().iterator().next().getState().getStateMessage())
        .contains("there is no pipeline " + id);
  }

  private String start(String pipeline) {
    return client.pipelines().startUpdate(new StartUpdate().setPipelineId(pipeline)).getUpdateId();
  }

  private UpdateInfo end(String pipeline, String update) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> client.pipelines().getUpdate(pipeline, update).getUpdate(),
            found -> OVER.contains(found.getState()));
  }

  private PipelineLibrary file(String name) {
    return new PipelineLibrary().setFile(new FileLibrary().setPath(folder + "/" + name));
  }

  private PipelineLibrary notebook(String name) {
    return new PipelineLibrary().setNotebook(new NotebookLibrary().setPath(folder + "/" + name));
  }

  private void write(String name, String text) {
    String content = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    Import order = new Import().setPath(folder + "/" + name).setContent(content);
    client
        .workspace()
        .importContent(
            name.endsWith(".py")
                ? order.setFormat(ImportFormat.AUTO)
                : order.setFormat(ImportFormat.SOURCE).setLanguage(Language.PYTHON));
  }
}
