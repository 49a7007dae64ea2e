package io.mutirao.gateway.databricks;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.access.FormerUsers;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Freshness;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Logs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.gateway.http.Fields;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/2.x/jobs/run-now} and {@code /api/2.x/jobs/runs}: runs of jobs, and of none. */
@Singleton
final class RunsResource implements Dialect {

  private static final RunPage NONE = new RunPage(List.of(), null, null);

  /** How many queued runs one request looks at. */
  private static final int QUEUED_AT_ONCE = 1000;

  private static final int CANCELED_AT_ONCE = 64;

  private final Runs runs;
  private final Jobs jobs;
  private final Logs logs;
  private final FormerUsers former;

  RunsResource(Runs runs, Jobs jobs, Logs logs, FormerUsers former) {
    this.runs = runs;
    this.jobs = jobs;
    this.logs = logs;
    this.former = former;
  }

  @Override
  public String root() {
    return "/api";
  }

  @Override
  public List<Endpoint> endpoints() {
    return Arrays.stream(Version.values()).flatMap(this::endpoints).toList();
  }

  private Stream<Endpoint> endpoints(Version version) {
    String root = version.root + "runs/";
    Stream<Endpoint> all =
        Stream.of(
            post(version.root + "run-now", this::runNow),
            post(root + "submit", call -> submit(call, version)),
            get(root + "get", call -> getRun(call, version)),
            get(root + "list", call -> list(call, version)),
            get(root + "get-output", call -> getOutput(call, version)),
            get(root + "export", this::export),
            post(root + "cancel", this::cancel),
            post(root + "cancel-all", this::cancelAll),
            post(root + "delete", this::delete));
    return version.hasTasks()
        ? Stream.concat(all, Stream.of(post(root + "repair", this::repair)))
        : all;
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer runNow(Call call) throws Rejected {
    Runs.Made made = runs.runNow(RunRequestMapping.request(call.in()), call.caller());
    return Answer.ok(new RunWire.Made(made.run().value(), made.numberInJob()));
  }

  private Answer submit(Call call, Version version) throws Rejected {
    RunId run = runs.submit(JobRequestMapping.submit(call.in(), version), call.caller());
    return Answer.ok(new RunWire.Submitted(run.value()));
  }

  private Answer getRun(Call call, Version version) throws Rejected {
    Pieces pieces = Pieces.of(call.in());
    boolean history = call.in().flag("include_history");
    RunId id = Ids.run(call.in());
    Fresh<RunView> run = runs.get(id, call.caller());
    return call.show(
        shown(run, List.of(run.what())),
        () -> Answer.ok(mapping(call, version).found(run.what(), id.value(), history, pieces)));
  }

  private Answer list(Call call, Version version) throws Rejected {
    boolean expand = call.in().flag("expand_tasks");
    Optional<Runs.Query> query = RunRequestMapping.query(call.in(), version);
    Fresh<RunPage> page = query.isEmpty() ? Fresh.now(NONE) : runs.list(query.get(), call.caller());
    return call.show(
        shown(page, page.what().runs()),
        () -> Answer.ok(mapping(call, version).page(page.what(), expand)));
  }

  /** Where somebody is not named any more what was read says more than is shown. */
  private Fresh<?> shown(Fresh<?> read, List<RunView> runs) {
    Freshness freshness = read.and(former.unchanged()).freshness();
    boolean allNamed = runs.stream().allMatch(run -> former.unlessFormer(run.by()) != null);
    return new Fresh<>(allNamed ? read.what() : new Object(), freshness);
  }

  private RunMapping mapping(Call call, Version version) {
    return new RunMapping(version, call.base(), former::unlessFormer);
  }

  private Answer getOutput(Call call, Version version) throws Rejected {
    RunId id = Ids.run(call.in());
    RunView run = runs.get(id, call.caller()).what();
    RunView.TaskRun task = task(run, id);
    RunWire metadata = mapping(call, version).found(run, id.value(), false, new Pieces(0));
    return Answer.ok(
        OutputMapping.output(
            metadata, run, task, logs.of(run.run(), task.id()), logs.result(run.run(), task.id())));
  }

  private Answer export(Call call) throws Rejected {
    boolean code = ExportMapping.wantsCode(call.in());
    RunId id = Ids.run(call.in());
    RunView run = runs.get(id, call.caller()).what();
    RunView.TaskRun task = task(run, id);
    ExportMapping.requireNotebook(run, task);
    return Answer.ok(
        code
            ? ExportMapping.views(run, task, logs.notebook(run.run(), task.id()))
            : new RunWire.Views(List.of()));
  }

  private static RunView.TaskRun task(RunView run, RunId id) throws Rejected {
    RunView.TaskRun task = run.taskOf(id.value());
    if (task == null) {
      throw Rejected.invalid(OutputMapping.SEVERAL_TASKS);
    }
    return task;
  }

  private Answer cancel(Call call) throws Rejected {
    runs.cancel(Ids.run(call.in()), call.caller());
    return Answer.ok(JobsResource.NOTHING);
  }

  private Answer cancelAll(Call call) throws Rejected {
    Fields in = call.in();
    if (in.flag("all_queued_runs")) {
      cancelQueued(Ids.optionalJob(in), call);
    } else {
      runs.cancelAll(Ids.job(in), call.caller());
    }
    return Answer.ok(JobsResource.NOTHING);
  }

  /** The queued runs of a job, or of all of them (Jobs API 2.2, Cancel all runs). */
  private void cancelQueued(@Nullable JobId job, Call call) throws Rejected {
    if (job != null) {
      jobs.get(job, call.caller()); // or it does not exist
    }
    String page = null;
    do {
      RunPage active =
          runs.list(
                  new Runs.Query(job, Runs.Which.ACTIVE, null, null, null, page, 0, QUEUED_AT_ONCE),
                  call.caller())
              .what();
      cancel(active.runs().stream().filter(run -> run.phase() == Phase.QUEUED).toList(), call);
      page = active.older();
    } while (page != null);
  }

  /** Some at a time: each waits for its answer, and there may be very many. */
  private void cancel(List<RunView> queued, Call call) throws Rejected {
    List<Future<?>> answers = new ArrayList<>();
    try (var callers =
        Executors.newFixedThreadPool(CANCELED_AT_ONCE, Thread.ofVirtual().factory())) {
      for (RunView run : queued) {
        answers.add(
            callers.submit(() -> {
              runs.cancel(run.run(), call.caller());
              return run;
            }));
      }
    }
    for (Future<?> answer : answers) {
      if (answer.state() == Future.State.FAILED) {
        if (answer.exceptionNow() instanceof Rejected rejected) {
          throw rejected;
        }
        throw new IllegalStateException("a cancellation failed", answer.exceptionNow());
      }
    }
  }

  private Answer delete(Call call) throws Rejected {
    runs.delete(Ids.run(call.in()), call.caller());
    return Answer.ok(JobsResource.NOTHING);
  }

  private Answer repair(Call call) throws Rejected {
    long repair = runs.repair(RunRequestMapping.repair(call.in()), call.caller());
    return Answer.ok(new RunWire.Repaired(repair));
  }
}
