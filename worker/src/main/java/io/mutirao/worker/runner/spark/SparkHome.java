package io.mutirao.worker.runner.spark;

import io.mutirao.runner.Workbench;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.NotInstalled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder like an installation of Spark: the configured one, or one in the cache, which is made of
 * the jars of Maven Central when it is first needed.
 */
final class SparkHome {

  private static final String LOG_SETTINGS = "log4j2.properties";
  private static final String SETTINGS_JAR = "mutirao-log-settings.jar";

  private final SparkConfig config;
  private final MavenRepositories maven;
  private final ReentrantLock lock = new ReentrantLock();

  SparkHome(SparkConfig config, MavenRepositories maven) {
    this.config = config;
    this.maven = maven;
  }

  /** The folder; {@code jars} is in it. */
  Path find(Workbench bench) throws NotInstalled, IOException, InterruptedException {
    if (config.home().isPresent()) {
      Path home = config.home().get();
      if (!Files.isDirectory(home.resolve("jars"))) {
        throw new NotInstalled("SPARK_HOME is %s, which has no folder jars".formatted(home));
      }
      return home;
    }
    Path home = bench.cache("spark").resolve(config.version());
    if (!Files.isDirectory(home.resolve("jars"))) {
      lock.lockInterruptibly();
      try (FileChannel file =
              FileChannel.open(
                  home.resolveSibling(config.version() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        if (!Files.isDirectory(home.resolve("jars"))) {
          make(home, bench);
        }
      } finally {
        lock.unlock();
      }
    }
    return home;
  }

  private void make(Path home, Workbench bench)
      throws NotInstalled, IOException, InterruptedException {
    bench.note("Spark %s is made ready, once for this worker".formatted(config.version()));
    List<Path> jars = maven.resolve("org.apache.spark:spark-sql_2.13:" + config.version(), bench);
    Path fresh = Files.createDirectories(home.resolve("jars." + UUID.randomUUID()));
    for (Path jar : jars) {
      link(jar, fresh.resolve(jar.getFileName()));
    }
    writeSettings(fresh.resolve(SETTINGS_JAR));
    Files.move(fresh, home.resolve("jars"), StandardCopyOption.ATOMIC_MOVE);
    bench.note("Spark %s is ready: %d jars".formatted(config.version(), jars.size()));
  }

  /**
   * A jar and not a file of {@code conf}: class archives hold no class path with a folder in it.
   */
  private static void writeSettings(Path jar) throws IOException {
    try (InputStream settings = SparkHome.class.getResourceAsStream(LOG_SETTINGS);
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      if (settings == null) {
        throw new IOException(LOG_SETTINGS + " is missing in the jar");
      }
      zip.putNextEntry(new ZipEntry(LOG_SETTINGS));
      long _ = settings.transferTo(zip);
    }
  }

  /** Takes no room where the file system allows it. */
  private static void link(Path jar, Path to) throws IOException {
    try {
      Files.createLink(to, jar);
    } catch (FileSystemException | UnsupportedOperationException _) {
      Files.copy(jar, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
