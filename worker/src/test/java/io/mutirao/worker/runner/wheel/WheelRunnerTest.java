package io.mutirao.worker.runner.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.runner.Plan;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.Wheels;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.runner.Trial;
import io.mutirao.worker.runner.python.PythonRunner;
import io.mutirao.worker.runner.spark.NoCluster;
import io.mutirao.worker.runner.spark.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class WheelRunnerTest {

  private static final String CODE =
      """
      import sys
      def hello():
          print('hello', sys.argv[1:], __file__.find('cache/python') > 0)
      def aloud():
          print('HELLO')
      """;

  @TempDir Path folder;
  private Path wheel;
  private Path python;
  private Runners runners;

  @BeforeEach
  void open() throws Exception {
    python = Interpreter.resolve("python3").path();
    wheel = Wheels.make(folder.resolve("wheels"), "greet", CODE, "say = greet:hello");
    MavenRepositories maven = MavenRepositories.withoutSettings();
    Libraries libraries = new Libraries(maven, new LibraryFiles(true));
    Spark spark = new Spark(new NoCluster(), maven);
    runners =
        new Runners(
            List.of(
                new WheelRunner(libraries, spark, python),
                new PythonRunner(python, true, libraries, spark)));
  }

  @Test
  void anEntryPointIsCalledWithItsParameters() throws Exception {
    Trial trial = new Trial(folder, "{'libraries':[{'whl':'file:%s'}]}".formatted(wheel));

    Trial.Printed list = trial.run(plan(trial, "say", "'parameters':['a','b c']"));
    Trial.Printed named = trial.run(plan(trial, "say", "'parameters':{'day':'1','n':'2'}"));
    Trial.Printed function = trial.run(plan(trial, "aloud", "'parameters':[]"));

    assertThat(list).isEqualTo(new Trial.Printed("hello ['a', 'b c'] True\n", 0));
    assertThat(named).isEqualTo(new Trial.Printed("hello ['--day=1', '--n=2'] True\n", 0));
    assertThat(function).isEqualTo(new Trial.Printed("HELLO\n", 0));
  }

  @Test
  void aWheelComesFromDbfsAndAsDependencyOfAnEnvironment() throws Exception {
    Trial trial =
        new Trial(
            folder,
            "{'environment':{'dependencies':['dbfs:/jobs/x/%s']}}".formatted(wheel.getFileName()));
    trial.bench.store.put(
        new io.mutirao.objects.ObjectPath("dbfs/jobs/x/" + wheel.getFileName()),
        Files.newInputStream(wheel));

    assertThat(trial.run(plan(trial, "say", "'parameters':[]")).text()).startsWith("hello []");
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    Trial trial = new Trial(folder, "{'libraries':[{'whl':'file:%s'}]}".formatted(wheel));

    Trial.Printed entry = trial.run(plan(trial, "sing", "'parameters':[]"));
    Trial.Printed unknown =
        trial.run(
            runners.plan(
                "wheel", Trial.json("{'package_name':'nope','entry_point':'x'}"), trial.attempt));

    assertThat(entry.code()).isEqualTo(1);
    assertThat(entry.text())
        .isEqualTo("The package greet has no entry point sing; it has ['say']\n");
    assertThat(unknown.text())
        .isEqualTo("There is no package nope; is its wheel among the task's libraries?\n");
  }

  @Test
  void packagesComeFromAnIndex() throws Exception {
    Path index = Files.createDirectories(folder.resolve("index/greet"));
    Files.copy(wheel, index.resolve(wheel.getFileName()));
    Files.writeString(
        index.resolve("index.html"), "<a href='%1$s'>%1$s</a>".formatted(wheel.getFileName()));
    Trial trial =
        new Trial(
            folder,
            "{'libraries':[{'pypi':{'package':'greet==1.0','repo':'file://%s'}}]}"
                .formatted(index.resolveSibling("")));
    Path script =
        Files.writeString(
            folder.resolve("x.py"),
            "import greet, os; greet.aloud(); print(os.path.exists(os.environ['JAVA_HOME']))");

    Trial.Printed printed =
        trial.run(
            runners.plan(
                "python", Trial.json("{'file':'file:%s'}".formatted(script)), trial.attempt));

    assertThat(printed).isEqualTo(new Trial.Printed("HELLO\nTrue\n", 0));
    assertThat(trial.bench.notes).containsExactly("Installing greet==1.0");
  }

  @Test
  void anEggIsFoundByTheScript() throws Exception {
    Path egg = Eggs.make(folder, "old", "def greet():\n    print('from the egg')\n");
    Path script = Files.writeString(folder.resolve("x.py"), "import old; old.greet()");
    Trial trial = new Trial(folder, "{'libraries':[{'egg':'file:%s'}]}".formatted(egg));

    assertThat(trial.run(python(trial, script)).text()).isEqualTo("from the egg\n");
  }

  @Test
  void aFileOfRequirementsIsInstalled() throws Exception {
    Path list = Files.writeString(folder.resolve("requirements.txt"), "# ours\n" + wheel + "\n");
    Path script = Files.writeString(folder.resolve("x.py"), "import greet; greet.aloud()");
    Trial trial = new Trial(folder, "{'libraries':[{'requirements':'file:%s'}]}".formatted(list));

    assertThat(trial.run(python(trial, script)).text()).isEqualTo("HELLO\n");
  }

  @Test
  void aPackageOfRIsInstalledWhereRIsOrTheReasonIsSaid() throws Exception {
    Trial trial =
        new Trial(
            folder,
            "{'libraries':[{'cran':{'package':'no.such.thing','repo':'file://%s'}}]}"
                .formatted(folder));

    assertThat(plan(trial, "say", "'parameters':[]"))
        .isInstanceOfSatisfying(
            Plan.Rejected.class,
            rejected -> {
              assertThat(rejected.why()).isEqualTo(Plan.Why.LIBRARY);
              assertThat(rejected.reason()).startsWith("cran no.such.thing: ");
            });
  }

  private Plan python(Trial trial, Path script) throws IOException, InterruptedException {
    return runners.plan(
        "python", Trial.json("{'file':'file:%s'}".formatted(script)), trial.attempt);
  }

  @Test
  void whatPipCannotInstallEndsTheAttemptWithPipsOwnWords() throws Exception {
    Path index = Files.createDirectories(folder.resolve("empty"));
    Trial trial =
        new Trial(
            folder,
            "{'libraries':[{'pypi':{'package':'no-such-thing==9','repo':'file://%s'}}]}"
                .formatted(index));

    Plan plan = plan(trial, "say", "'parameters':[]");

    assertThat(plan)
        .isInstanceOfSatisfying(
            Plan.Rejected.class,
            rejected -> {
              assertThat(rejected.why()).isEqualTo(Plan.Why.LIBRARY);
              assertThat(rejected.reason())
                  .startsWith("pip could not install no-such-thing==9: ERROR: ")
                  .contains("No matching distribution found for no-such-thing==9");
            });
    try (Stream<Path> left = Files.list(trial.bench.cache("python"))) {
      assertThat(left).allMatch(path -> path.toString().endsWith(".lock"));
    }
  }

  @Test
  void aWheelThatIsMissingIsNamed() throws Exception {
    Trial trial = new Trial(folder, "{'libraries':[{'whl':'dbfs:/no/such.whl'}]}");

    assertThat(plan(trial, "say", "'parameters':[]"))
        .isEqualTo(new Plan.Rejected("dbfs:/no/such.whl does not exist", Plan.Why.LIBRARY));
  }

  @Test
  void tasksThatStartTogetherShareOneEnvironment() throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      trials.add(new Trial(folder, "{'libraries':[{'whl':'file:%s'}]}".formatted(wheel)));
    }

    List<Future<Plan>> plans;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Plan>> calls = new ArrayList<>();
      trials.forEach(trial -> calls.add(() -> plan(trial, "say", "'parameters':[]")));
      plans = threads.invokeAll(calls);
    }

    for (int i = 0; i < 4; i++) {
      assertThat(trials.get(i).run(plans.get(i).get()).text()).startsWith("hello");
    }
    assertThat(trials.stream().mapToLong(trial -> trial.bench.notes.size()).sum()).isEqualTo(1);
  }

  private Plan plan(Trial trial, String entryPoint, String parameters)
      throws IOException, InterruptedException {
    return runners.plan(
        "wheel",
        Trial.json(
            "{'package_name':'greet','entry_point':'%s',%s}".formatted(entryPoint, parameters)),
        trial.attempt);
  }
}
