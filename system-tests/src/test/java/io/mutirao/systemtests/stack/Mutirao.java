package io.mutirao.systemtests.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mutirao.launcher.Stack;
import io.mutirao.launcher.StackOptions;
import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StateFile;
import io.mutirao.launcher.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stack under test: embedded, or one that runs already. */
public final class Mutirao implements AutoCloseable {

  private final Purpose purpose;
  private final Path folder;
  private final Doors doors;
  private final @Nullable Stack stack;
  private final FreePorts ports;
  private final Map<String, TopicReader> topics = new ConcurrentHashMap<>();

  /**
   * Where it is reached.
   *
   * @param kafka host and port; empty when we were not told
   * @param database JDBC as its administrator; empty when we were not told
   * @param ports by process; empty when we were not told
   */
  private record Doors(
      String url, String token, String kafka, String database, Map<String, Integer> ports) {

    static Doors of(Stack stack) {
      return new Doors(
          stack.gatewayUrl(),
          stack.token(),
          stack.kafkaBootstrap(),
          stack.databaseUrl(),
          stack.processes().stream().collect(Collectors.toMap(Supervised::name, Supervised::port)));
    }

    /** By {@code -Dtarget.data}, the folder of a stack of this machine, or by address. */
    static Optional<Doors> named() throws IOException {
      String url = System.getProperty("target.url", "");
      if (!url.isEmpty()) {
        return Optional.of(
            new Doors(
                url,
                System.getProperty("target.token", ""),
                System.getProperty("target.kafka", ""),
                System.getProperty("target.database", ""),
                Map.of()));
      }
      String data = System.getProperty("target.data", "");
      return data.isEmpty() ? Optional.empty() : StateFile.in(Path.of(data)).read().map(Doors::of);
    }

    private static Doors of(StackState state) {
      return new Doors(
          state.url(),
          state.token(),
          state.kafkaBootstrap(),
          state.databaseUrl(),
          state.processes().stream()
              .collect(Collectors.toMap(StackState.Member::name, StackState.Member::port)));
    }
  }

  private Mutirao(
      Purpose purpose, Path folder, Doors doors, @Nullable Stack stack, FreePorts ports) {
    this.ports = ports;
    this.purpose = purpose;
    this.folder = folder.toAbsolutePath();
    this.doors = doors;
    this.stack = stack;
  }

  static Mutirao start(Purpose purpose) {
    Path folder = Path.of("target", "stacks", purpose.name().toLowerCase(Locale.ROOT));
    try {
      remove(folder);
      Files.createDirectories(folder.resolve("scripts"));
      Optional<Doors> named = Doors.named();
      if (purpose == Purpose.JOURNEYS && named.isPresent()) {
        return new Mutirao(purpose, folder, named.get(), null, new FreePorts(0, 0));
      }
      ClassArchives.make(folder.resolveSibling("first"));
      FreePorts ports = new FreePorts(freePort(), freePort());
      Stack stack = Stack.start(options(folder.resolve("data"), purpose, ports));
      if (purpose == Purpose.JOURNEYS) {
        new Outsider(stack.kafkaBootstrap()).createTopic("task.offers." + OnJourneyStack.POOL);
      }
      return new Mutirao(purpose, folder, Doors.of(stack), stack, ports);
    } catch (CannotStart e) {
      throw new IllegalStateException(e.words(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** For what a test starts later. */
  private record FreePorts(int mail, int warehouse) {
    String warehouseUrl() {
      return "jdbc:postgresql://127.0.0.1:" + warehouse + "/mutirao";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static StackOptions options(Path data, Purpose purpose, FreePorts ports) {
    StackOptions options =
        StackOptions.in(data)
            .withWorkers(2)
            .withCaches(StackOptions.Caches.CLASSES)
            // It lives for minutes: what the second compiler makes would come too late.
            .with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
            .with("MUTIRAO_WORKER_NOOP", "true")
            .with("MUTIRAO_WEBHOOK_ALLOW_PRIVATE", "true")
            .with("MUTIRAO_SMTP_HOST", "127.0.0.1")
            .with("MUTIRAO_SMTP_PORT", String.valueOf(ports.mail()))
            .with("MUTIRAO_SMTP_TLS", "none")
            .with("MUTIRAO_SMTP_FROM", "jobs@mutirao.example")
            .with("MUTIRAO_WAREHOUSE_REPORTS_1_URL", ports.warehouseUrl())
            .with("MUTIRAO_WAREHOUSE_REPORTS_1_USER", "reporter")
            .with("MUTIRAO_WAREHOUSE_REPORTS_1_PASSWORD", "geheim")
            // What the build has fetched need not be fetched again.
            .with("MUTIRAO_MAVEN_FOLDER", System.getProperty("user.home") + "/.m2/repository")
            .with("MUTIRAO_FILE_CHECK", "500ms")
            .with("MUTIRAO_CONTINUOUS_PAUSE", "200ms")
            .withProgress(_ -> {});
    return switch (purpose) {
      case JOURNEYS -> options;
      case FAULTS, OUTAGES -> impatient(options);
      case LIMITS ->
          impatient(options)
              .with("MUTIRAO_ACTIVE_TASKS", Integer.toString(OnNarrowStack.ACTIVE_TASKS))
              .with("MUTIRAO_JOBS_SAVED", Integer.toString(OnNarrowStack.SAVED_JOBS))
              .with("MUTIRAO_JOBS_HOURLY", Integer.toString(OnNarrowStack.HOURLY_JOBS));
    };
  }

  private static StackOptions impatient(StackOptions options) {
    return options
        .with("MUTIRAO_LEASE", "5s")
        .with("MUTIRAO_BEAT", "1s")
        .with("MUTIRAO_CLAIM_CHECK", "1s")
        .with("MUTIRAO_WORKER_SLOTS", "4")
        .with("MUTIRAO_REOFFER", "8s")
        .with("MUTIRAO_COMMAND_TIMEOUT", "5s");
  }

  private static void remove(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (var files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The processes. A test that asks for them is skipped when the stack is not ours. */
  public Stack stack() {
    assumeTrue(stack != null, "only on the embedded stack");
    return stack;
  }

  /** The process of that name. */
  public Supervised process(String name) {
    return stack().process(name);
  }

  public String url() {
    return doors.url();
  }

  public String token() {
    return doors.token();
  }

  /** The Jobs API as its administrator calls it. */
  public Jobs jobs() {
    return new Jobs(doors.url(), doors.token(), "2.0", purpose != Purpose.JOURNEYS);
  }

  boolean hasKafka() {
    return !doors.kafka().isEmpty();
  }

  /** A test that asks for it is skipped when the stack's broker is out of reach. */
  public TopicReader topic(String name) {
    return topics.computeIfAbsent(name, _ -> new TopicReader(kafka(), name));
  }

  /** A producer that knows nothing of lanes. */
  public Outsider outsider() {
    return new Outsider(kafka());
  }

  public String kafka() {
    assumeTrue(hasKafka(), "only with a broker: -Dtarget.kafka");
    return doors.kafka();
  }

  /** What a process itself answers, for example at {@code /q/metrics}. */
  public Answer askProcess(String name, String path) {
    Integer port = doors.ports().get(name);
    assumeTrue(port != null, "only with the processes' ports: -Dtarget.data");
    var uri = URI.create("http://127.0.0.1:" + port + path);
    return Jobs.send(HttpRequest.newBuilder(uri).timeout(Jobs.DEADLINE).build());
  }

  /** The sum of a metric of a process over all its tags; 0 when it has none yet. */
  public double metric(String process, String name) {
    return askProcess(process, "/q/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Where the stack hands its mails over; nobody listens there but a test. */
  public int mailPort() {
    assumeTrue(ports.mail() != 0, "only on the embedded stack");
    return ports.mail();
  }

  /** Where warehouse {@code reports-1} is looked for, as user {@code reporter}. */
  public int warehousePort() {
    assumeTrue(ports.warehouse() != 0, "only on the embedded stack");
    return ports.warehouse();
  }

  public Database database() {
    assumeTrue(!doors.database().isEmpty(), "only with a database: -Dtarget.database");
    return new Database(doors.database());
  }

  /** Scripts for tasks, and files that tasks write. */
  public Scripts scripts() {
    return new Scripts(folder.resolve("scripts"));
  }

  public Path dataFolder() {
    return folder.resolve("data");
  }

  @Override
  public void close() {
    topics.values().forEach(TopicReader::close);
    if (stack != null) {
      stack.close();
    }
  }
}
