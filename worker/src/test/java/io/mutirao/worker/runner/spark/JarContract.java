package io.mutirao.worker.runner.spark;

import static io.mutirao.worker.runner.Trial.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.runner.Runner;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * A JAR on Spark that makes no use of it, as a JAR task and by spark-submit. {@link SparkTest} runs
 * it where Spark is ready.
 */
abstract class JarContract extends RunnerContract {

  private static final String PROGRAM =
      """
      public class Deeds {
        public static void main(String[] deed) throws Exception {
          switch (deed[0]) {
            case "SUCCEED" -> System.out.println("done");
            case "FAIL" -> throw new IllegalStateException("bad luck");
            case "EXIT_WITH_A_CODE" -> System.exit(3);
            case "RUN_ON" -> runOn();
            case "RUN_ON_STUBBORNLY" -> {
              Runtime.getRuntime().addShutdownHook(new Thread(Deeds::sleep));
              runOn();
            }
            case "PRINT_A_GIGABYTE" -> {
              byte[] megabyte = new byte[1 << 20];
              java.util.Arrays.fill(megabyte, (byte) 'x');
              var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
              for (int i = 0; i < 1024; i++) {
                out.write(megabyte);
              }
            }
            case "PRINT_BYTES" -> {
              byte[] all = new byte[256];
              for (int i = 0; i < all.length; i++) {
                all[i] = (byte) i;
              }
              System.out.write(all);
              System.out.flush();
            }
            case "PRINT_NOTHING" -> {}
            default -> throw new IllegalArgumentException(deed[0]);
          }
        }

        static void runOn() throws Exception {
          new ProcessBuilder("sleep", "1000").start();
          System.out.println("up");
          sleep();
        }

        static void sleep() {
          try {
            Thread.sleep(1_000_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  private final Path folder;
  final Path jar;

  JarContract(Path folder) throws IOException {
    this.folder = folder;
    jar = folder.resolve("deeds.jar");
    if (!Files.exists(jar)) {
      compile();
    }
  }

  private void compile() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("deeds"));
    Path source = Files.writeString(folder.resolve("Deeds.java"), PROGRAM);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
    assertThat(failed).isZero();
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("Deeds.class"));
      zip.write(Files.readAllBytes(classes.resolve("Deeds.class")));
    }
  }

  /** A JAR task. */
  abstract static class Task extends JarContract {

    Task(Path folder) throws IOException {
      super(folder);
    }

    @Override
    protected Stage open() throws Exception {
      return stage(
          (spark, libraries, python) -> new JarRunner(spark, libraries, python.path()),
          "'libraries':[{'jar':'file:%s'}],".formatted(jar));
    }

    @Override
    protected ObjectNode spec(Deed deed) throws IOException {
      return json("{'main_class_name':'Deeds','parameters':['%s']}".formatted(deed));
    }
  }

  /** What spark-submit is given. */
  abstract static class Submitted extends JarContract {

    Submitted(Path folder) throws IOException {
      super(folder);
    }

    @Override
    protected Stage open() throws Exception {
      return stage(
          (spark, libraries, python) -> new SubmitRunner(spark, libraries.files(), python.path()),
          "");
    }

    @Override
    protected ObjectNode spec(Deed deed) throws IOException {
      return json("{'parameters':['--class','Deeds','file:%s','%s']}".formatted(jar, deed));
    }
  }

  interface Runs {
    Runner<?> with(Spark spark, Libraries libraries, Interpreter python);
  }

  WorkerStage stage(Runs runs, String libraries) throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    return new WorkerStage(
            folder,
            python,
            runs.with(
                new Spark(new NoCluster(), SparkTest.maven()),
                new Libraries(SparkTest.maven(), new LibraryFiles(true)),
                python))
        .around(
            json(
                "{%s'cluster':{'spark_conf':{%s}}}".formatted(libraries, SparkTest.quick(folder))));
  }
}
