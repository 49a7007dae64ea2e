package io.mutirao.messaging;

import io.mutirao.launcher.broker.Broker;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.data.Ports;
import io.mutirao.launcher.postgres.Postgres;
import io.mutirao.launcher.postgres.PostgresBinaries;
import io.mutirao.launcher.process.Probe;
import io.mutirao.launcher.process.ProcessSpec;
import io.mutirao.launcher.process.Signal;
import io.mutirao.launcher.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A real broker and a real PostgreSQL, processes of their own that a test may kill. */
public final class RealStack {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DataFolder folder;
  private final Postgres server;
  private final Supervised postgres;
  private final Supervised kafka;

  public RealStack() throws Exception {
    folder = DataFolder.open(Files.createTempDirectory("mutirao-lanes"));
    Ports ports = Ports.in(folder);
    Path binaries = Path.of("..", ".build").toAbsolutePath().normalize();
    server = Postgres.in(PostgresBinaries.in(binaries), folder, ports.get("postgres"), "test-only");
    postgres = supervise(server.spec(folder.log("postgres")));
    kafka = supervise(broker(ports.get("kafka"), ports.get("controller")));
    kafka.start();
    server.initialise();
    postgres.start();
    postgres.awaitReady(PATIENCE);
    kafka.awaitReady(PATIENCE);
  }

  public String bootstrap() {
    return "127.0.0.1:" + kafka.port();
  }

  /** Connections that see that schema first. */
  public DataSource database(String schema) {
    String url = server.url("postgres") + "&currentSchema=" + schema;
    InvocationHandler connect =
        (_, method, _) -> {
          if (method.getName().equals("getConnection")) {
            return DriverManager.getConnection(url);
          }
          throw new UnsupportedOperationException(method.toString());
        };
    return (DataSource)
        Proxy.newProxyInstance(
            RealStack.class.getClassLoader(), new Class<?>[] {DataSource.class}, connect);
  }

  /** Kills the database and leaves it dead. */
  public void killDatabase() throws InterruptedException {
    postgres.hold();
  }

  public void startDatabase() throws Exception {
    postgres.release();
    postgres.awaitReady(PATIENCE);
  }

  public void close() throws Exception {
    kafka.signal(Signal.KILL); // nobody needs what it holds
    kafka.stop();
    postgres.stop();
    folder.close();
    try (var files = Files.walk(folder.path())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private ProcessSpec broker(int port, int controllerPort) {
    return new ProcessSpec(
        "kafka",
        port,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Broker.class.getName(),
            folder.resolve("kafka").toString(),
            String.valueOf(port),
            String.valueOf(controllerPort)),
        Map.of(),
        folder.log("kafka"),
        Probe.tcp(port),
        Signal.TERM,
        Duration.ofSeconds(20),
        ProcessSpec.Preparation.NOTHING);
  }

  private static Supervised supervise(ProcessSpec spec) {
    return new Supervised(
        spec,
        new Supervised.Observer() {
          @Override
          public void changed() {}

          @Override
          public void says(String words) {}
        });
  }

  /** The tables of lanes, and one row for each application of an input. */
  public static List<String> tables() {
    try (var in = RealStack.class.getResourceAsStream("/db/lane/V0_1__lane.sql")) {
      return List.of(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          """
          create table applied (
            input text not null,
            lane  int  not null,
            constraint nothing_unstorable check (input not like 'unstorable%'))
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
