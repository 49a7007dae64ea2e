package io.mutirao.worker.runner.spark;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which Spark tasks run on. */
public interface SparkConfig {

  /** An installation of Spark; without one its jars are fetched when they are first needed. */
  @WithDefault("${SPARK_HOME:}")
  Optional<Path> home();

  /** What is fetched. */
  @WithDefault("4.2.0")
  String version();

  /** The cluster: {@code spark://…}, {@code k8s://…} or {@code yarn}; without one local mode. */
  Optional<String> master();

  /** The JDK of drivers, 17 or newer; else the worker's own. */
  Optional<Path> java();

  /** How much memory a driver gets when its job does not say. */
  @WithDefault("1g")
  String driverMemory();

  /** A file of properties that every application gets, as {@code --properties-file} takes it. */
  Optional<Path> properties();

  /** What an executor on a type of node has, by its name: {@code 4:14g} are cores and memory. */
  Map<String, String> nodes();
}
