package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.edmunds.rest.databricks.DTO.JobDTO;
import com.edmunds.rest.databricks.DTO.JobSettingsDTO;
import com.edmunds.rest.databricks.DTO.RunDTO;
import com.edmunds.rest.databricks.DTO.RunLifeCycleStateDTO;
import com.edmunds.rest.databricks.DTO.RunParametersDTO;
import com.edmunds.rest.databricks.DTO.RunResultStateDTO;
import com.edmunds.rest.databricks.DTO.SparkPythonTaskDTO;
import com.edmunds.rest.databricks.DatabricksRestException;
import com.edmunds.rest.databricks.restclient.AbstractDatabricksRestClientImpl;
import com.edmunds.rest.databricks.restclient.DatabricksRestClientImpl;
import com.edmunds.rest.databricks.service.JobService;
import com.edmunds.rest.databricks.service.JobServiceImpl;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Scripts;
import java.lang.reflect.Field;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The story of a job as databricks-rest-client of com.edmunds tells it: a client of 2.0 from 2018
 * that knows few words. It speaks https only; just its URL is changed.
 */
@OnJourneyStack
class DatabricksRestClientIT {

  private final JobService jobs;
  private final Scripts scripts;

  DatabricksRestClientIT(Mutirao mutirao) throws ReflectiveOperationException {
    DatabricksRestClientImpl client =
        DatabricksRestClientImpl.createClientWithTokenAuthentication(
            mutirao.token(), "unused", "2.0", 1, 100);
    Field url = AbstractDatabricksRestClientImpl.class.getDeclaredField("url");
    url.setAccessible(true);
    url.set(client, mutirao.url() + "/api/2.0");
    jobs = new JobServiceImpl(client);
    scripts = mutirao.scripts();
  }

  private JobSettingsDTO settings(String name, String script) {
    SparkPythonTaskDTO task = new SparkPythonTaskDTO();
    task.setPythonFile("file:" + scripts.write(script));
    task.setParameters(new String[] {"a"});
    JobSettingsDTO settings = new JobSettingsDTO();
    settings.setName(name);
    settings.setExistingClusterId("default");
    settings.setSparkPythonTask(task);
    return settings;
  }

  private RunDTO ended(long run) {
    return await("run " + run + " is over")
        .atMost(Jobs.DEADLINE)
        .until(
            () -> jobs.getRun(run),
            now -> now.getState().getLifeCycleState() == RunLifeCycleStateDTO.TERMINATED);
  }

  @Test
  void aJobIsCreatedFoundRunResetAndDeleted() throws Exception {
    String name = "edmunds " + UUID.randomUUID();
    long id =
        jobs.createJob(settings(name, "import sys; sys.exit(0 if sys.argv[1] == 'b' else 1)"));

    JobDTO found = jobs.getJobByName(name);
    assertThat(found.getJobId()).isEqualTo(id);
    assertThat(found.getSettings().getSparkPythonTask().getParameters()).containsExactly("a");
    assertThat(ended(jobs.runJobNow(id).getRunId()).getState().getResultState())
        .isEqualTo(RunResultStateDTO.FAILED);

    RunParametersDTO parameters = new RunParametersDTO();
    parameters.setPythonParams(new String[] {"b"});
    RunDTO run = ended(jobs.runJobNow(id, parameters).getRunId());
    assertThat(run.getState().getResultState()).isEqualTo(RunResultStateDTO.SUCCESS);
    assertThat(run.getNumberInJob()).isEqualTo(2);
    assertThat(jobs.listRuns(id, null, 0, 20).getRuns()).hasSize(2);

    jobs.reset(id, settings(name + " again", "import time; time.sleep(300)"));
    assertThat(jobs.getJob(id).getSettings().getName()).isEqualTo(name + " again");
    long sleeping = jobs.runJobNow(id).getRunId();
    jobs.cancelRun(sleeping);
    assertThat(ended(sleeping).getState().getResultState()).isEqualTo(RunResultStateDTO.CANCELED);

    jobs.deleteJob(id);
    assertThatThrownBy(() -> jobs.getJob(id)).isInstanceOf(DatabricksRestException.class);
  }
}
