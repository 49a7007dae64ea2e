package io.mutirao.gateway.databricks;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Logs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/2.0/jobs}: saved jobs and their runs. */
@Singleton
final class JobsResource implements Dialect {

  private static final String JOBS = "/api/2.0/jobs/";

  /** An answer that says nothing is an object all the same: clients parse it. */
  private static final Map<String, String> NOTHING = Map.of();

  private static final RunPage NONE = new RunPage(List.of(), null, null);

  private final Jobs jobs;
  private final Runs runs;
  private final Logs logs;

  JobsResource(Jobs jobs, Runs runs, Logs logs) {
    this.jobs = jobs;
    this.runs = runs;
    this.logs = logs;
  }

  @Override
  public String root() {
    return "/";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(JOBS + "create", this::create),
        get(JOBS + "get", this::getJob),
        get(JOBS + "list", _ -> listJobs()),
        post(JOBS + "delete", this::delete),
        post(JOBS + "run-now", this::runNow),
        get(JOBS + "runs/get", this::getRun),
        get(JOBS + "runs/list", this::listRuns),
        get(JOBS + "runs/get-output", this::getOutput),
        post(JOBS + "runs/cancel", this::cancel));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer create(Call call) throws Rejected {
    JobId job =
        jobs.create(new Jobs.Wanted(SettingsMapping.definition(call.in()), null), call.caller());
    return Answer.ok(new JobWire.Created(job.value()));
  }

  private Answer getJob(Call call) throws Rejected {
    return Answer.ok(JobMapping.job(jobs.get(Ids.job(call.in()))));
  }

  private Answer listJobs() throws Rejected {
    return Answer.ok(
        new JobWire.All(
            jobs.list(new Jobs.Query(null, null, 0, 12_000)).jobs().stream()
                .map(JobMapping::job)
                .toList()));
  }

  private Answer delete(Call call) throws Rejected {
    jobs.delete(Ids.job(call.in()), call.caller());
    return Answer.ok(NOTHING);
  }

  private Answer runNow(Call call) throws Rejected {
    Runs.Made made = runs.runNow(RunRequestMapping.request(call.in()), call.caller());
    return Answer.ok(new RunWire.Made(made.run().value(), made.numberInJob()));
  }

  private Answer getRun(Call call) throws Rejected {
    return Answer.ok(RunMapping.run(runs.get(Ids.run(call.in())), call.base()));
  }

  private Answer listRuns(Call call) throws Rejected {
    Optional<Runs.Query> query = RunRequestMapping.query(call.in());
    RunPage page = query.isEmpty() ? NONE : runs.list(query.get());
    return Answer.ok(RunMapping.page(page, call.base()));
  }

  private Answer getOutput(Call call) throws Rejected {
    RunId id = Ids.run(call.in());
    RunView run = runs.get(id);
    RunView.TaskRun task = run.taskOf(id.value());
    if (task == null) {
      throw Rejected.invalid(OutputMapping.SEVERAL_TASKS);
    }
    return Answer.ok(OutputMapping.output(run, logs.of(run.run(), task.id()), call.base()));
  }

  private Answer cancel(Call call) throws Rejected {
    runs.cancel(Ids.run(call.in()), call.caller());
    return Answer.ok(NOTHING);
  }
}
