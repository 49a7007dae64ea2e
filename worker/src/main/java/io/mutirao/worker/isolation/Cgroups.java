package io.mutirao.worker.isolation;

import io.mutirao.worker.guard.GuardedTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The kernel's groups of processes (cgroups) that hold tasks to their limits: version 2 where the
 * worker's own group is its to divide, version 1 where its groups may be written. What cannot be
 * limited so is left to others.
 *
 * @param folders where each task gets its own, by controller; the same one for all in version 2
 * @param files what limits a task, by controller
 */
record Cgroups(Map<String, Path> folders, Map<String, Map<String, String>> files) {

  private static final Logger LOG = Logger.getLogger(Cgroups.class);
  private static final Path OURS = Path.of("/proc/self/cgroup");
  private static final int PERIOD_MICROS = 100_000;

  static final String MEMORY = "memory";
  static final String PIDS = "pids";
  static final String CPU = "cpu";

  static final Cgroups NONE = new Cgroups(Map.of(), Map.of());

  /**
   * Tries out which limits can be held so. Warns of those that cannot.
   *
   * @param name of this worker, unique on this machine; what stands there is of an earlier life
   */
  static Cgroups find(Path mounted, String name, Isolation.Limits limits) {
    boolean second = Files.exists(mounted.resolve("cgroup.controllers"));
    Map<String, Map<String, String>> wanted = second ? second(limits) : first(limits);
    Map<String, Path> folders = new TreeMap<>();
    wanted.forEach((controller, files) -> {
      try {
        Path own = own(mounted, second ? "" : controller);
        Path folder = own.resolve("mutirao-" + name);
        clear(folder);
        Files.createDirectories(folder);
        if (second) {
          divide(own, name, controller);
          Files.writeString(folder.resolve("cgroup.subtree_control"), "+" + controller);
        }
        tryOut(folder.resolve("trial"), files);
        folders.put(controller, folder);
      } catch (IOException e) {
        LOG.warnf(
            "No group of the kernel limits the %s of tasks (%s); %s",
            controller,
            e,
            controller.equals(CPU)
                ? "they take as many processors as there are"
                : "each process is limited by itself");
      }
    });
    return new Cgroups(folders, wanted);
  }

  private static Map<String, Map<String, String>> second(Isolation.Limits limits) {
    Map<String, Map<String, String>> files = new TreeMap<>();
    if (limits.memory() != null) {
      files.put(MEMORY, Map.of("memory.max", limits.memory().toString()));
    }
    if (limits.processes() != null) {
      files.put(PIDS, Map.of("pids.max", limits.processes().toString()));
    }
    if (limits.cpus() != null) {
      files.put(CPU, Map.of("cpu.max", quota(limits.cpus()) + " " + PERIOD_MICROS));
    }
    return files;
  }

  private static Map<String, Map<String, String>> first(Isolation.Limits limits) {
    Map<String, Map<String, String>> files = new TreeMap<>();
    if (limits.memory() != null) {
      files.put(MEMORY, Map.of("memory.limit_in_bytes", limits.memory().toString()));
    }
    if (limits.processes() != null) {
      files.put(PIDS, Map.of("pids.max", limits.processes().toString()));
    }
    if (limits.cpus() != null) {
      // The period is what the kernel begins with.
      files.put(CPU, Map.of("cpu.cfs_quota_us", Long.toString(quota(limits.cpus()))));
    }
    return files;
  }

  private static long quota(double cpus) {
    return Math.max(1_000, Math.round(cpus * PERIOD_MICROS));
  }

  /** The group that this worker is in; the uppermost one where it is shown as that. */
  private static Path own(Path mounted, String controller) throws IOException {
    Path root = mounted.resolve(controller);
    if (!Files.isDirectory(root)) {
      throw new IOException("there is no " + root);
    }
    for (String line : Files.readAllLines(OURS)) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
        Path own = root.resolve(parts[2].replaceFirst("^/+", ""));
        return Files.isDirectory(own) ? own : root;
      }
    }
    return root;
  }

  /** Of version 2: a group that has groups below it may have no processes of its own. */
  private static void divide(Path own, String name, String controller) throws IOException {
    Path control = own.resolve("cgroup.subtree_control");
    try {
      Files.writeString(control, "+" + controller);
    } catch (IOException e) {
      LOG.debugf("This worker goes into a group below its own: %s", e);
      Path below = Files.createDirectories(own.resolve("mutirao-" + name + "-itself"));
      for (String pid : Files.readAllLines(own.resolve("cgroup.procs"))) {
        Files.writeString(below.resolve("cgroup.procs"), pid);
      }
      Files.writeString(control, "+" + controller);
    }
  }

  private static void tryOut(Path trial, Map<String, String> files) throws IOException {
    Files.createDirectory(trial);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(trial.resolve(file.getKey()), file.getValue());
      }
    } finally {
      Files.delete(trial);
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> left = Files.list(folder)) {
        for (Path group : left.filter(Files::isDirectory).toList()) {
          Files.delete(group);
        }
      }
    }
  }

  /** No task follows. A group that still holds a process stays until the next worker starts. */
  void close() {
    for (Path folder : Set.copyOf(folders.values())) {
      try {
        clear(folder);
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        LOG.debugf("The group %s stays until the next worker starts: %s", folder, e);
      }
    }
  }

  boolean limits(String controller) {
    return folders.containsKey(controller);
  }

  /** The groups of one task. */
  List<GuardedTask.Group> of(String attempt) {
    Map<Path, Map<String, String>> groups = new LinkedHashMap<>();
    folders.forEach((controller, folder) ->
        groups
            .computeIfAbsent(folder.resolve(attempt), _ -> new LinkedHashMap<>())
            .putAll(files.getOrDefault(controller, Map.of())));
    List<GuardedTask.Group> all = new ArrayList<>();
    groups.forEach((path, its) -> all.add(new GuardedTask.Group(path.toString(), its)));
    return all;
  }

  /** For the log. */
  String words() {
    return folders.isEmpty()
        ? ""
        : ", their " + String.join(", ", folders.keySet()) + " limited by groups of the kernel";
  }
}
