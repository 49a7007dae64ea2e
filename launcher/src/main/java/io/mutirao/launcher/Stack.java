package io.mutirao.launcher;

import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.data.Identity;
import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StateFile;
import io.mutirao.launcher.postgres.Schemas;
import io.mutirao.launcher.process.Orphans;
import io.mutirao.launcher.process.ProcessSpec;
import io.mutirao.launcher.process.Signal;
import io.mutirao.launcher.process.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The whole stack, supervised from this JVM: broker, database, and the services as they are
 * deployed, each a process of its own. Ends with {@link #close} or with the JVM.
 */
public final class Stack implements AutoCloseable, Supervised.Observer {

  private static final Duration START = Duration.ofMinutes(2);

  private final DataFolder folder;
  private final StackOptions options;
  private final StackPlan plan;
  private final Map<String, Supervised> processes = new LinkedHashMap<>();
  private final ReentrantLock stateLock = new ReentrantLock();
  private final Thread atExit = new Thread(this::stopAll, "stop");
  private boolean closed; // guarded by stateLock

  private Stack(DataFolder folder, StackOptions options, StackPlan plan) {
    this.folder = folder;
    this.options = options;
    this.plan = plan;
    for (ProcessSpec spec : plan.specs()) {
      processes.put(spec.name(), new Supervised(spec, this));
    }
  }

  /** Starts everything and waits until requests will be answered. */
  public static Stack start(StackOptions options) throws CannotStart, InterruptedException {
    DataFolder folder = DataFolder.open(options.data());
    Stack stack;
    try {
      var left = StateFile.in(folder.path()).read();
      if (left.isPresent()) {
        new Orphans(StopOrder.sort(left.get().processes()), options.progress()).stop();
      }
      stack = new Stack(folder, options, StackPlan.of(folder, options));
    } catch (IOException e) {
      closeQuietly(folder);
      throw new CannotStart("The stack cannot be prepared in " + options.data(), e);
    } catch (CannotStart | InterruptedException e) {
      closeQuietly(folder);
      throw e;
    }
    try {
      stack.launch();
      return stack;
    } catch (CannotStart | InterruptedException e) {
      stack.close();
      throw e;
    }
  }

  private static void closeQuietly(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      System.err.println("The lock of " + folder.path() + " could not be given up: " + e);
    }
  }

  private void launch() throws CannotStart, InterruptedException {
    Runtime.getRuntime().addShutdownHook(atExit);
    says("starting kafka and postgres");
    process("kafka").start();
    plan.postgres().initialise();
    process("postgres").start();
    process("postgres").awaitReady(START);
    createSchemas();
    // Services that wait for the broker use the processor it needs: together all would be later.
    process("kafka").awaitReady(START);
    says("starting the services");
    processes.values().forEach(Supervised::start);
    for (Supervised process : processes.values()) {
      process.awaitReady(START);
    }
  }

  private void createSchemas() throws CannotStart {
    var done = folder.resolve("schemas");
    try {
      if (!Files.exists(done)) {
        Schemas.create(plan.postgres(), plan.passwords());
        Files.writeString(done, String.join("\n", plan.passwords().keySet()) + "\n");
      }
    } catch (SQLException | IOException e) {
      throw new CannotStart("The schemas of the services cannot be made", e);
    }
  }

  /** The process of that name, as {@code ps} shows it. */
  public Supervised process(String name) {
    Supervised process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException(name + " is none of " + processes.keySet());
    }
    return process;
  }

  public List<Supervised> processes() {
    return List.copyOf(processes.values());
  }

  /** Those that need the broker and the database, and that neither needs. */
  public List<Supervised> services() {
    return processes.entrySet().stream()
        .filter(each -> !List.of("kafka", "postgres").contains(each.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** kill -9. The process is started again. */
  public void kill(String name) {
    signal(name, Signal.KILL);
  }

  public void signal(String name, Signal signal) {
    process(name).signal(signal);
  }

  public String gatewayUrl() {
    return plan.url();
  }

  public String token() {
    return plan.token();
  }

  /** Host and port. */
  public String kafkaBootstrap() {
    return plan.kafkaBootstrap();
  }

  /** JDBC as the administrator, who sees all schemas; the password is in it. */
  public String databaseUrl() {
    return plan.postgres().url(Schemas.DATABASE);
  }

  @Override
  public void changed() {
    stateLock.lock();
    try {
      if (!closed) {
        StateFile.in(folder.path()).write(state());
      }
    } catch (IOException e) {
      says("state.json cannot be written, so ps and down will not see this: " + e.getMessage());
    } finally {
      stateLock.unlock();
    }
  }

  private StackState state() {
    var members = new ArrayList<StackState.Member>();
    for (Supervised process : processes.values()) {
      members.add(process.member());
    }
    return new StackState(
        Identity.of(ProcessHandle.current()),
        gatewayUrl(),
        token(),
        kafkaBootstrap(),
        databaseUrl(),
        members);
  }

  /** Tells the listener, and keeps it in launcher.log. */
  @Override
  public void says(String words) {
    options.progress().accept(words);
    try {
      Files.writeString(
          folder.log("launcher"),
          Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + words + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      options.progress().accept("launcher.log cannot be written: " + e.getMessage());
    }
  }

  /** Stops everything in order and waits for it. */
  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The JVM is ending already, which is what stopped us or will find nothing to stop.
    }
  }

  private void stopAll() {
    stateLock.lock();
    try {
      if (closed) {
        return;
      }
    } finally {
      stateLock.unlock();
    }
    try {
      for (String name : StopOrder.of(processes.keySet())) {
        says("stopping " + name);
        process(name).stop();
      }
      finish();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish() {
    stateLock.lock();
    try {
      closed = true;
      StateFile.in(folder.path()).delete();
      folder.close();
    } catch (IOException e) {
      options.progress().accept("The data folder could not be closed: " + e.getMessage());
    } finally {
      stateLock.unlock();
    }
  }
}
