package io.mutirao.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Installation;
import io.mutirao.messaging.kafka.Records;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.runner.Runner;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.execution.AttemptPipelines;
import io.mutirao.worker.execution.AttemptVault;
import io.mutirao.worker.execution.Attempts;
import io.mutirao.worker.execution.Beats;
import io.mutirao.worker.execution.Control;
import io.mutirao.worker.execution.Executions;
import io.mutirao.worker.execution.Executions.Hands;
import io.mutirao.worker.execution.Reporter;
import io.mutirao.worker.execution.Slots;
import io.mutirao.worker.execution.Workplace;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.isolation.Isolation;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.offer.OfferLoop;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.report.KafkaReports;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.runner.noop.NoopRunner;
import io.mutirao.worker.runner.notebook.NotebookPython;
import io.mutirao.worker.runner.notebook.NotebookRunner;
import io.mutirao.worker.runner.pipeline.PipelineRunner;
import io.mutirao.worker.runner.pipeline.Pipelines;
import io.mutirao.worker.runner.python.PythonRunner;
import io.mutirao.worker.runner.spark.JarRunner;
import io.mutirao.worker.runner.spark.Spark;
import io.mutirao.worker.runner.spark.SubmitRunner;
import io.mutirao.worker.runner.sql.SqlRunner;
import io.mutirao.worker.runner.sql.Warehouses;
import io.mutirao.worker.runner.wheel.WheelRunner;
import io.mutirao.worker.secret.SecretDesk;
import io.mutirao.worker.service.ServiceClient;
import io.mutirao.worker.told.ToldValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/** One life of a worker: its parts, put together and running. */
final class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);

  private final WorkerId id;
  private final Duration grace;
  private final Guard guard;
  private final Attempts attempts;
  private final Executions executions;
  private final OutputKeeper output;
  private final Desks desks;
  private final Isolation isolation;
  private final KafkaReports reports;
  private final Control control;
  private final OfferLoop offers;
  private final ScheduledExecutorService beat;

  /** What a worker is given by its process. */
  record Surroundings(Clock clock, MeterRegistry metrics, Runnable giveUp) {}

  /**
   * Starts it. Needs the broker.
   *
   * @throws Installation.Mismatch when topics are not as they must be
   * @throws Interpreter.Missing without Python
   */
  Worker(WorkerConfig config, Surroundings around)
      throws IOException, InterruptedException, ExecutionException {
    WorkerConfig.Tasks tasks = config.worker();
    Lanes lanes = new Lanes(config.lanes());
    Clients clients = new Clients(config.kafka().bootstrap(), config.instance());
    id = new WorkerId(config.instance() + "/" + UUID.randomUUID().toString().substring(0, 13));
    grace = tasks.grace();
    Interpreter python = Interpreter.resolve(tasks.python());
    Workplace workplace =
        Workplace.prepare(tasks.folder(), tasks.cache(), config.instance(), System.getenv());
    try (Admin admin = clients.admin()) {
      Installation installation = new Installation(admin, lanes);
      installation.prepare();
      installation.openPool(tasks.pool());
    }

    guard = new Guard(python, workplace.root());
    Slots slots = new Slots(tasks.slots());
    attempts = new Attempts(slots);
    Labels labels = Labels.of(tasks.labels().orElse(List.of()));
    int room = tasks.slots();
    around.metrics().gauge("mutirao.worker.slots", labels.tags(tasks.pool()), attempts, _ -> room);
    around.metrics().gauge("mutirao.worker.attempts.live", attempts, a -> a.all().size());
    reports =
        new KafkaReports(
            clients.producer(),
            new Records("/worker/" + id, lanes),
            id,
            around.clock(),
            around.giveUp());
    Reporter reporter = new Reporter(id, reports, around.clock(), around.metrics());
    ServiceClient registry = new ServiceClient(List.of(config.registry().url()));
    Runners runners = runners(config, python, new AttemptPipelines(attempts, registry));
    output =
        new OutputKeeper(
            new DirectoryStore(config.objects().dir()), tasks.logLimit(), tasks.logPause());
    isolation =
        Isolation.find(
            wish(tasks),
            new Isolation.Places(workplace.root(), workplace.cache(), python, tasks.cgroups()));
    SecretDesk secrets = new SecretDesk(registry, config.secret().key());
    desks =
        Desks.in(workplace.root(), output.store(), new AttemptVault(attempts, workplace, secrets));
    executions =
        new Executions(
            attempts,
            runners,
            new Hands(
                guard,
                workplace,
                isolation,
                output,
                new ToldValues(new ServiceClient(config.dispatcher().url())),
                desks,
                secrets),
            reporter);

    // In this order: nobody can tell us anything before our first claim, and from then on we hear.
    control = new Control(clients.freeConsumer("control"), lanes, id, executions);
    offers =
        new OfferLoop(
            new OfferLoop.Source(
                clients, tasks.pool(), config.dispatcher().url(), reports::deadLetter),
            reporter,
            attempts,
            executions,
            new OfferLoop.Limits(slots, runners));
    Thread.ofPlatform().daemon().name("control").start(control);
    beat =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("beat").factory());
    long pause = config.beat().toMillis();
    var _ =
        beat.scheduleWithFixedDelay(
            new Beats(reporter, lanes, attempts, guard), pause, pause, TimeUnit.MILLISECONDS);
    offers.start();
    guard.prepare();
    if (isolation.sameForAll() && tasks.warm() > 0) {
      guard.keepWarm(
          tasks.warm(),
          (its, script, folder) -> waiting(isolation, workplace, its, script, folder));
    }
    LOG.infof(
        "Worker %s takes tasks of pool %s into %d slots, with %s, walled off by %s",
        id, tasks.pool(), tasks.slots(), python.path(), isolation.words());
  }

  private static Guard.Warming.Waiting waiting(
      Isolation isolation, Workplace workplace, Path python, Path script, Path folder)
      throws IOException {
    Isolation.Program program =
        isolation.program(
            List.of(python.toString(), "-u", script.toString()),
            workplace.base(),
            new Isolation.Room(folder, false, List.of()));
    return new Guard.Warming.Waiting(program.argv(), program.environment(), program.walled());
  }

  private static Isolation.Wish wish(WorkerConfig.Tasks config) {
    return new Isolation.Wish(
        config.isolation(),
        config.bubblewrap(),
        config.user(),
        config.network(),
        config.hidden().orElse(List.of()),
        new Isolation.Limits(
            config.memory().orElse(null),
            config.processes().orElse(null),
            config.cpus().orElse(null)));
  }

  private static Runners runners(WorkerConfig config, Interpreter python, Pipelines pipelines)
      throws IOException {
    WorkerConfig.Tasks tasks = config.worker();
    MavenRepositories maven =
        new MavenRepositories(
            config.maven().settings(), config.maven().repository(), config.maven().folder());
    Libraries libraries = new Libraries(maven, new LibraryFiles(tasks.localFiles()));
    Spark spark = new Spark(config.spark(), maven);
    List<Runner<?>> runners = new ArrayList<>();
    var scripts = new PythonRunner(python.path(), tasks.localFiles(), libraries, spark);
    var notebooks =
        new NotebookRunner(new NotebookPython(tasks.notebookPython(), python), libraries);
    runners.add(scripts);
    runners.add(notebooks);
    runners.add(new PipelineRunner(pipelines, notebooks, scripts, python.path()));
    runners.add(new WheelRunner(libraries, spark, python.path()));
    runners.add(new JarRunner(spark, libraries, python.path()));
    runners.add(new SubmitRunner(spark, libraries.files(), python.path()));
    runners.add(
        new SqlRunner(new Warehouses(System.getenv()), libraries.files(), tasks.logLimit()));
    if (tasks.noop()) {
      runners.add(new NoopRunner());
    }
    return new Runners(runners);
  }

  /** Whether offers reach it and a task would be guarded. */
  boolean isReady() {
    return offers.isJoined() && guard.isReady();
  }

  /**
   * Takes no more offers, lets the tasks that run end by themselves for a while, ends the others,
   * tells so, goes. Takes some ten seconds more than the grace at most.
   */
  void stop() throws InterruptedException {
    offers.stop(Duration.ofSeconds(3));
    executions.drain(grace);
    beat.shutdownNow();
    control.stop();
    reports.close();
    guard.close();
    isolation.close();
    output.close();
    desks.close();
    LOG.infof("Worker %s has stopped", id);
  }
}
