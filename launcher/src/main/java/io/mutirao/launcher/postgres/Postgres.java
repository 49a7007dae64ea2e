package io.mutirao.launcher.postgres;

import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.process.OwnSession;
import io.mutirao.launcher.process.Probe;
import io.mutirao.launcher.process.ProcessSpec;
import io.mutirao.launcher.process.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One PostgreSQL server on its own folder, with its programs run directly. */
public record Postgres(PostgresBinaries binaries, Path folder, int port, String password) {

  public static final String ADMINISTRATOR = "postgres";

  public static Postgres in(
      PostgresBinaries binaries, DataFolder folder, int port, String password) {
    return new Postgres(binaries, folder.resolve("postgres"), port, password);
  }

  /** JDBC, as the administrator, to the database of that name. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, ADMINISTRATOR, password);
  }

  /** Makes the folder at the first start; whole or not at all, whenever we are killed. */
  public void initialise() throws CannotStart, InterruptedException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path fresh = folder.resolveSibling("postgres.new");
    Path passwordFile = folder.resolveSibling("postgres.password");
    try {
      remove(fresh);
      Files.writeString(passwordFile, password + "\n");
      var command = new ArrayList<>(List.of(binaries.program("initdb").toString()));
      command.addAll(List.of("-D", fresh.toString(), "-U", ADMINISTRATOR));
      command.addAll(List.of("--pwfile", passwordFile.toString(), "-A", "scram-sha-256"));
      command.addAll(List.of("-E", "UTF8", "--locale=C", "--no-instructions"));
      Process initdb =
          new ProcessBuilder(AsUser.notRoot(command)).redirectErrorStream(true).start();
      String said =
          new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (initdb.waitFor() != 0) {
        throw new CannotStart("PostgreSQL cannot make its folder " + folder + ":\n" + said);
      }
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CannotStart("PostgreSQL cannot make its folder " + folder, e);
    } finally {
      passwordFile.toFile().delete();
    }
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

  public ProcessSpec spec(Path log) {
    return new ProcessSpec(
        "postgres",
        port,
        OwnSession.of(AsUser.notRoot(command())),
        Map.of(),
        log,
        Probe.postgres(port),
        Signal.INT, // "fast": open transactions are rolled back, nobody is waited for
        Duration.ofSeconds(30),
        this::clearStalePidFile);
  }

  private List<String> command() {
    var command =
        new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", folder.toString()));
    settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("listen_addresses", "127.0.0.1"),
        Map.entry("port", Integer.toString(port)),
        Map.entry("unix_socket_directories", ""),
        Map.entry("fsync", "on"),
        Map.entry("synchronous_commit", "on"),
        Map.entry("full_page_writes", "on"),
        Map.entry("password_encryption", "scram-sha-256"),
        // Passwords are long and random: thousands of rounds protect nothing, and cost each new
        // connection of a cold JVM a tenth of a second.
        Map.entry("scram_iterations", "1"),
        Map.entry("shared_buffers", "128MB"),
        Map.entry("max_wal_size", "4GB"),
        Map.entry("max_connections", "100"),
        Map.entry("jit", "off"), // statements here are short
        Map.entry("timezone", "UTC"),
        Map.entry("log_timezone", "UTC"),
        Map.entry("log_line_prefix", "%m [%p] %u "));
  }

  /**
   * After a kill -9 the pid file stays, and its number may by now be another program's: PostgreSQL
   * would take that for a second server and refuse.
   */
  private void clearStalePidFile() throws IOException {
    Path file = folder.resolve("postmaster.pid");
    try {
      String pid = Files.readAllLines(file).getFirst().strip();
      String command = Files.readString(Path.of("/proc", pid, "cmdline"));
      if (!command.contains(folder.toString())) {
        Files.delete(file);
      }
    } catch (NoSuchFileException _) {
      // No pid file, or no such process: PostgreSQL sees to that itself.
    }
  }
}
