package io.mutirao.worker;

import io.mutirao.worker.isolation.Profile;
import io.mutirao.worker.runner.spark.SparkConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a worker. In the environment {@code mutirao.worker.slots} is
 * MUTIRAO_WORKER_SLOTS.
 */
@ConfigMapping(prefix = "mutirao")
public interface WorkerConfig {

  /** The name of this process; unique among the workers that live at the same time. */
  @WithDefault("worker")
  String instance();

  /** How many lanes the installation has. */
  int lanes();

  /** Between two beats; several must fit into a lease. */
  @WithDefault("3s")
  Duration beat();

  Kafka kafka();

  Dispatcher dispatcher();

  Registry registry();

  Secret secret();

  Maven maven();

  SparkConfig spark();

  Objects objects();

  Tasks worker();

  /** The broker. */
  interface Kafka {
    /** {@code host:port}, several separated by commas. */
    String bootstrap();
  }

  /** Where tasks are claimed. */
  interface Dispatcher {
    /** The dispatcher's HTTP base; several separated by commas, any of them will do. */
    List<URI> url();
  }

  /** Where jars come from. */
  interface Maven {
    /** The machine's settings, of which mirrors, servers and the folder are heeded. */
    @WithDefault("${user.home}/.m2/settings.xml")
    Path settings();

    /** A repository to use in place of Maven Central and all others. */
    Optional<String> repository();

    /** Where jars are kept; else where the settings say, else in the worker's cache. */
    Optional<Path> folder();
  }

  /** Where secrets are kept. */
  interface Registry {
    /** The registry's HTTP base. */
    @WithDefault("http://localhost:8081")
    URI url();
  }

  /** How secrets are sealed. */
  interface Secret {
    /** The gateway's, which seals them; without it tasks get no secrets. */
    Optional<String> key();
  }

  /** The object store. */
  interface Objects {
    /** Its directory, shared with the gateway. */
    Path dir();
  }

  /** Which tasks this worker takes, and how it runs them. */
  interface Tasks {
    /** The pool whose offers it takes. */
    @WithDefault("default")
    String pool();

    /** What tells it from others, {@code name=value}, separated by commas; for people. */
    Optional<List<String>> labels();

    /** How many tasks run at a time. */
    @WithDefault("8")
    int slots();

    /** The command, or the path, of the Python interpreter. */
    @WithDefault("python3")
    String python();

    /** The interpreter that has nbclient and ipykernel; without it the first one found. */
    Optional<String> notebookPython();

    /**
     * How many Python interpreters wait, ready, for tasks, of the worker's own and of each
     * environment that was used lately; only in profile LOCAL.
     */
    @WithDefault("2")
    int warm();

    /** How long tasks may go on running when the worker is asked to stop; then they are ended. */
    @WithDefault("30s")
    Duration grace();

    /** How far tasks are walled off from this machine. */
    @WithDefault("STRICT")
    Profile isolation();

    /** The command that walls off; without it tasks run as they are, with a warning. */
    @WithDefault("bwrap")
    String bubblewrap();

    /** Whom tasks run as, in profile STRICT, when the worker is root. */
    @WithDefault("nobody")
    String user();

    /** Whether tasks reach the network, in profile STRICT. */
    @WithDefault("true")
    boolean network();

    /** Files and folders that no task is to see, in profile LOCAL; separated by commas. */
    Optional<List<Path>> hidden();

    /** How much memory a task may have, in bytes; without cgroups each of its processes. */
    Optional<Long> memory();

    /** How many processes and threads a task may have; without cgroups the tasks' user. */
    Optional<Integer> processes();

    /** How many processors a task may keep busy, for example 1.5; only with cgroups. */
    Optional<Double> cpus();

    /** Where the kernel shows its groups of processes; what cannot be written there is not used. */
    @WithDefault("/sys/fs/cgroup")
    Path cgroups();

    /** Below it each task gets a folder of its own, removed when it ends. */
    @WithDefault("${java.io.tmpdir}/mutirao-worker")
    Path folder();

    /** What tasks share and what is worth keeping: libraries, environments. May be emptied. */
    @WithDefault("${java.io.tmpdir}/mutirao-cache")
    Path cache();

    /** How much of what a task prints is kept, in bytes; the rest is cut off, with a notice. */
    @WithDefault("67108864")
    int logLimit();

    /** How often what running tasks print is brought to the object store. */
    @WithDefault("500ms")
    Duration logPause();

    /** Whether {@code file:} paths of this machine may be run. */
    @WithDefault("false")
    boolean localFiles();

    /** Whether tasks that do nothing are taken, as the benchmark makes them. */
    @WithDefault("false")
    boolean noop();
  }
}
