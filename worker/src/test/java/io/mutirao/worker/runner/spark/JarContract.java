package io.mutirao.worker.runner.spark;

import static io.mutirao.worker.runner.Trial.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A JAR on Spark that makes no use of it. {@link SparkTest} runs it where Spark is ready. */
abstract class JarContract extends RunnerContract {

  private static final String PROGRAM =
      """
      public class Deeds {
        public static void main(String[] deed) throws Exception {
          switch (deed[0]) {
            case "SUCCEED" -> System.out.println("done");
            case "FAIL" -> throw new IllegalStateException("bad luck");
            case "EXIT_WITH_3" -> System.exit(3);
            case "RUN_ON" -> {
              new ProcessBuilder("sleep", "1000").start();
              System.out.println("up");
              Thread.sleep(1_000_000);
            }
            default -> System.exit(0);
          }
        }
      }
      """;

  private final Path folder;
  private final Path jar;

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

  @Override
  protected Stage open() throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    return new WorkerStage(
            folder,
            python,
            new JarRunner(
                new Spark(new NoCluster(), SparkTest.maven()),
                new Libraries(SparkTest.maven(), new LibraryFiles(true)),
                python.path()))
        .around(
            json(
                "{'libraries':[{'jar':'file:%s'}],'cluster':{'spark_conf':{%s}}}"
                    .formatted(jar, SparkTest.QUICK)));
  }

  @Override
  protected ObjectNode spec(Deed deed) throws IOException {
    return json("{'main_class_name':'Deeds','parameters':['%s']}".formatted(deed));
  }

  /**
   * Each start of Spark takes its time; Python tasks show the rest, which is the guard's matter.
   */
  @Override
  protected Set<Deed> leftOut() {
    return Set.of(Deed.RUN_ON_STUBBORNLY, Deed.PRINT_A_GIGABYTE, Deed.PRINT_BYTES);
  }
}
