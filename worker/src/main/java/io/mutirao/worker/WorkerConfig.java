package io.mutirao.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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

    /** How many tasks run at a time. */
    @WithDefault("8")
    int slots();

    /** The command, or the path, of the Python interpreter. */
    @WithDefault("python3")
    String python();

    /** Below it each task gets a folder of its own, removed when it ends. */
    @WithDefault("${java.io.tmpdir}/mutirao-worker")
    Path folder();

    /** What tasks share and what is worth keeping: libraries, environments. May be emptied. */
    @WithDefault("${java.io.tmpdir}/mutirao-cache")
    Path cache();

    /** Whether {@code file:} paths of this machine may be run. */
    @WithDefault("false")
    boolean localFiles();

    /** Whether tasks that do nothing are taken, as the benchmark makes them. */
    @WithDefault("false")
    boolean noop();
  }
}
