package io.mutirao.worker.runner.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Spark as it is when nothing is configured; tests change what they are about. */
public class NoCluster implements SparkConfig {

  @Override
  public Optional<Path> home() {
    return Optional.empty();
  }

  @Override
  public String version() {
    return "4.2.0";
  }

  @Override
  public Optional<String> master() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> java() {
    return Optional.empty();
  }

  @Override
  public String driverMemory() {
    return "512m";
  }

  @Override
  public Optional<Path> properties() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> nodes() {
    return Map.of();
  }
}
