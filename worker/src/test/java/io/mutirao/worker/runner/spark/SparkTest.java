package io.mutirao.worker.runner.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.runner.Plan;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.runner.Trial;
import io.mutirao.worker.runner.python.PythonRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark itself, fetched by the first test that needs it into the Maven repository of this machine,
 * as a build does.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkTest {

  private static final String PROGRAM =
      """
      import org.apache.spark.SparkContext;
      import org.apache.spark.api.java.JavaSparkContext;
      import java.util.Arrays;

      public class Sum {
        public static void main(String[] arguments) {
          SparkContext spark = SparkContext.getOrCreate();
          int sum = new JavaSparkContext(spark)
              .parallelize(Arrays.asList(1, 2, 3, 4), 2)
              .map(n -> n * Integer.parseInt(arguments[0]))
              .reduce(Integer::sum);
          System.out.println("sum " + sum + " on " + spark.master() + " " + spark.conf().get("spark.x"));
          if (arguments.length > 1) {
            throw new IllegalStateException(arguments[1]);
          }
        }
      }
      """;

  /** Of all tests: Spark is made ready in it once. */
  @TempDir static Path folder;

  /** What the first application printed; from then on classes need not be loaded anew. */
  private static Trial.Printed first;

  private final List<Process> started = new ArrayList<>();
  private Path python;
  private Trial trial;

  /** Settings of JVMs that end soon: they start fast and care for nothing else. */
  static String quick(Path folder) {
    return settings("-XX:SharedArchiveFile=" + archive(folder));
  }

  private static Path archive(Path folder) {
    return folder.resolve("cache/spark/4.2.0/classes.jsa"); // where walled tasks see it
  }

  private static String settings(String archive) {
    return "'spark.driver.extraJavaOptions':'-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable "
        + archive
        + "','spark.executor.extraJavaOptions':'-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'";
  }

  @BeforeAll
  static void makeSparkReady() throws Exception {
    Trial trial = trial("-XX:ArchiveClassesAtExit=" + archive(folder));
    Path home = new SparkHome(new NoCluster(), maven()).find(trial.bench);
    trial.bench.store.put(
        new io.mutirao.objects.ObjectPath("dbfs/jobs/sum.jar"), Files.newInputStream(jar(home)));
    first = sum(trial, null, "'2'");
    assertThat(archive(folder)).exists();
  }

  private static Trial trial(String archive) throws IOException {
    return new Trial(
        folder,
        "{'libraries':[{'jar':'dbfs:/jobs/sum.jar'}],"
            + "'cluster':{'num_workers':1,'spark_conf':{'spark.x':'y','spark.executor.memory':'512m',%s}}}"
                .formatted(settings(archive)));
  }

  @BeforeEach
  void open() throws Exception {
    python = Interpreter.resolve("python3").path();
    trial = trial("-XX:SharedArchiveFile=" + archive(folder));
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aJarRunsInLocalModeAndOnAClusterMadeOfTheSameJars() throws Exception {
    Path home = new SparkHome(new NoCluster(), maven()).find(trial.bench);

    assertThat(first).isEqualTo(new Trial.Printed("sum 20 on local[*] y\n", 0));
    String master = cluster(home);
    Trial.Printed there = sum(trial, master, "'3'");
    assertThat(there.code()).as(there.text()).isZero();
    // On a busy machine Spark first says that the cluster takes its time.
    assertThat(there.text()).endsWith("sum 30 on " + master + " y\n");
  }

  @Test
  void whatSparkSubmitIsGivenRunsBehindTheStrictestWalls() throws Exception {
    var runner =
        new SubmitRunner(new Spark(new NoCluster(), maven()), new LibraryFiles(false), python);
    try (WorkerStage stage =
        WorkerStage.strict(folder, Interpreter.resolve("python3"), runner)
            .around(Trial.json("{'cluster':{'spark_conf':{%s}}}".formatted(quick(folder))))
            .holding("dbfs/jobs/sum.jar", Files.readAllBytes(folder.resolve("sum.jar")))) {
      stage.start(
          Trial.json(
              "{'parameters':['--class','Sum','--conf','spark.x=z','dbfs:/jobs/sum.jar','4','no luck']}"));
      assertThat(stage.awaitEnd()).startsWith("FAILED").endsWith("IllegalStateException: no luck");
      assertThat(new String(stage.printed(), UTF_8))
          .contains("sum 40 on local[*] z\n", "IllegalStateException: no luck");
    }
  }

  @Test
  void aPythonFileThatWantsSparkGoesThroughSparkSubmit() throws Exception {
    var spark = new Spark(new NoCluster(), maven());
    var libraries = new Libraries(maven(), new LibraryFiles(false));
    try (WorkerStage stage =
        WorkerStage.strict(
                folder,
                Interpreter.resolve("python3"),
                new PythonRunner(python, false, libraries, spark))
            .around(
                Trial.json(
                    "{'cluster':{'spark_conf':{'spark.x':'y',%s}}}".formatted(quick(folder))))
            .holding(
                "dbfs/jobs/x.py",
                "import os, sys; print('PYSPARK_GATEWAY_PORT' in os.environ, sys.argv[1:])")) {
      stage.start(Trial.json("{'file':'dbfs:/jobs/x.py','parameters':['a b']}"));
      assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
      assertThat(new String(stage.printed(), UTF_8)).endsWith("True ['a b']\n");
    }
  }

  /** Here, because Spark is ready. */
  @Nested
  class AJarTaskIsLikeAnyTask extends JarContract.Task {

    AJarTaskIsLikeAnyTask() throws IOException {
      super(folder);
    }
  }

  @Nested
  class ASubmittedJarIsLikeAnyTask extends JarContract.Submitted {

    ASubmittedJarIsLikeAnyTask() throws IOException {
      super(folder);
    }
  }

  private static Trial.Printed sum(Trial trial, @Nullable String master, String parameters)
      throws Exception {
    NoCluster config =
        new NoCluster() {
          @Override
          public Optional<String> master() {
            return Optional.ofNullable(master);
          }
        };
    Runners runners =
        new Runners(
            List.of(
                new JarRunner(
                    new Spark(config, maven()),
                    new Libraries(maven(), new LibraryFiles(false)),
                    Interpreter.resolve("python3").path())));
    Plan plan =
        runners.plan(
            "jar",
            Trial.json("{'main_class_name':'Sum','parameters':[%s]}".formatted(parameters)),
            trial.attempt);
    return trial.run(plan);
  }

  /** A master and a worker; gives the address of the master. */
  private String cluster(Path home) throws IOException {
    String master =
        start(
            home,
            ".*(spark://\\S+)",
            "master.Master",
            "-h",
            "127.0.0.1",
            "-p",
            "0",
            "--webui-port",
            "0");
    start(
        home,
        ".*(Successfully registered) with master.*",
        "worker.Worker",
        "-c",
        "1",
        "-m",
        "1g",
        "-h",
        "127.0.0.1",
        "--webui-port",
        "0",
        "-d",
        Files.createDirectories(folder.resolve("executors")).toString(),
        master);
    return master;
  }

  /** Starts a process of Spark and waits for a line that it prints. */
  private String start(Path home, String line, String program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Xlog:disable");
    command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));
    command.addAll(List.of("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"));
    Path settings = folder.resolve("log4j2.properties");
    Files.writeString(
        settings,
        """
        rootLogger.level = info
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %m%n
        """);
    command.add("-Dlog4j2.configurationFile=" + settings);
    command.add("-XX:SharedArchiveFile=" + archive(folder));
    command.addAll(List.of("-cp", home.resolve("conf") + ":" + home.resolve("jars") + "/*"));
    command.add("org.apache.spark.deploy." + program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    started.add(process);
    BufferedReader output = process.inputReader(UTF_8);
    StringBuilder printed = new StringBuilder();
    for (String next = output.readLine(); next != null; next = output.readLine()) {
      printed.append(next).append('\n');
      var found = java.util.regex.Pattern.compile(line).matcher(next);
      if (found.matches()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return found.group(1);
      }
    }
    throw new AssertionError(program + " ended:\n" + printed);
  }

  static MavenRepositories maven() throws IOException {
    return new MavenRepositories(
        Path.of(System.getProperty("user.home"), ".m2/settings.xml"),
        Optional.empty(),
        Optional.of(Path.of(System.getProperty("user.home"), ".m2/repository")));
  }

  private static Path jar(Path home) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = Files.writeString(folder.resolve("Sum.java"), PROGRAM);
    String classPath;
    try (var jars = Files.list(home.resolve("jars"))) {
      classPath = jars.map(Path::toString).collect(java.util.stream.Collectors.joining(":"));
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failed).isZero();
    Path jar = folder.resolve("sum.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        var all = Files.list(classes)) {
      for (Path one : (Iterable<Path>) all::iterator) {
        zip.putNextEntry(new ZipEntry(one.getFileName().toString()));
        zip.write(Files.readAllBytes(one));
      }
    }
    return jar;
  }
}
