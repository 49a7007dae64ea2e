package io.mutirao.worker.runner.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.NotInstalled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the command lines of Spark applications. The driver is a process of the task, in client
 * mode; with a master its executors are elsewhere.
 */
public final class Spark {

  private static final String DRIVER_MEMORY = "spark.driver.memory";

  /**
   * As org.apache.spark.launcher.JavaModuleOptions has them: what Spark needs of JDK 17 and up. But
   * for two of which the JDK itself complains in each log: incubator modules, and a package that
   * newer ones lack. And what we need.
   */
  private static final List<String> MODULES =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
          "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "-Dio.netty.tryReflectionSetAccessible=true",
          "-Dio.netty.allocator.type=pooled",
          "-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE",
          "-Dlog4j2.disable.jmx=true",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          // Whatever the locale is: logs are UTF-8.
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8");

  private final SparkConfig config;
  private final SparkHome home;

  /**
   * An application.
   *
   * @param options of spark-submit, as they are
   * @param file a JAR or a Python file
   */
  record Application(List<String> options, String file, List<String> parameters) {}

  public Spark(SparkConfig config, MavenRepositories maven) {
    this.config = config;
    this.home = new SparkHome(config, maven);
  }

  /** Whether a Python task goes through Spark: where there is a cluster, or its job says so. */
  public boolean isFor(Attempt attempt) {
    return config.master().isPresent()
        || !attempt.setup().path("cluster").path("spark_conf").isEmpty();
  }

  /** A Python file, and what it needs. */
  public Plan python(Path file, List<String> parameters, Libraries.Ready ready, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    return command(new Application(List.of(), file.toString(), parameters), ready, attempt);
  }

  Plan command(Application application, Libraries.Ready ready, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    Path spark = home.find(attempt.bench());
    ClusterSettings cluster = ClusterSettings.of(cluster(attempt), config.master(), config.nodes());
    Path scratch = Files.createDirectories(attempt.folder().resolve(".spark"));
    Map<String, String> conf = new HashMap<>(cluster.conf());
    conf.putIfAbsent("spark.ui.enabled", "false");
    conf.putIfAbsent("spark.app.name", attempt.task().isEmpty() ? "task" : attempt.task());
    List<String> argv = new ArrayList<>();
    Path java = config.java().orElse(Path.of(System.getProperty("java.home")));
    argv.add(java.resolve("bin/java").toString());
    argv.add("-Xmx" + conf.getOrDefault(DRIVER_MEMORY, config.driverMemory()));
    argv.addAll(MODULES);
    String more = conf.get("spark.driver.extraJavaOptions");
    if (more != null && !more.isBlank()) {
      argv.addAll(List.of(more.strip().split("\\s+")));
    }
    argv.addAll(List.of("-cp", spark.resolve("conf") + ":" + spark.resolve("jars") + "/*"));
    argv.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", cluster.master()));
    config
        .properties()
        .ifPresent(file -> argv.addAll(List.of("--properties-file", file.toString())));
    conf.forEach((name, value) -> argv.addAll(List.of("--conf", name + "=" + value)));
    argv.addAll(application.options());
    argv.add(application.file());
    argv.addAll(application.parameters());
    if (argv.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      return new Plan.Rejected("a parameter holds the character NUL", Plan.Why.INVALID);
    }
    Map<String, String> environment = environment(spark, cluster, ready);
    environment.putIfAbsent("SPARK_LOCAL_DIRS", scratch.toString());
    List<Path> given = new ArrayList<>(List.of(java, spark));
    given.addAll(ready.jars());
    config.properties().ifPresent(given::add);
    if (application.file().startsWith("/")) {
      given.add(Path.of(application.file()));
    }
    return new Plan.Command(argv, environment, given);
  }

  private Map<String, String> environment(
      Path spark, ClusterSettings cluster, Libraries.Ready ready) {
    Map<String, String> environment = new HashMap<>(ready.environment());
    environment.put("SPARK_HOME", spark.toString());
    environment.put("PYSPARK_PYTHON", ready.python().toString());
    environment.put("PYTHONUNBUFFERED", "1");
    if (cluster.master().startsWith("local")) {
      environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    }
    environment.putAll(cluster.variables());
    return environment;
  }

  private static ObjectNode cluster(Attempt attempt) {
    JsonNode cluster = attempt.setup().path("cluster");
    return cluster instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }
}
