package io.mutirao.worker.library;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Workbench.Finished;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Virtual environments, one for each set of requirements, made once for all workers that share the
 * cache. What the interpreter itself has installed is seen in them, too.
 */
final class PythonEnvironments {

  /** Written when an environment is whole: what a killed worker left is made again. */
  private static final String WHOLE = "whole";

  /** Of this JVM, in which a lock of a file is not enough. */
  private static final Map<String, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  /** The interpreter of an environment that has them; of none the given one. */
  Path ready(Path python, List<Requirement> requirements, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    if (requirements.isEmpty()) {
      return python;
    }
    String name = Requirement.identity(python, requirements);
    Path home = attempt.bench().cache("python").resolve(name);
    if (!Files.exists(home.resolve(WHOLE))) {
      ReentrantLock lock = LOCKS.computeIfAbsent(name, _ -> new ReentrantLock());
      lock.lockInterruptibly();
      try (FileChannel file =
              FileChannel.open(
                  home.resolveSibling(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        if (!Files.exists(home.resolve(WHOLE))) {
          make(home, python, requirements, attempt);
        }
      } finally {
        lock.unlock();
      }
    }
    return interpreter(home);
  }

  private static Path interpreter(Path home) {
    return home.resolve("bin/python");
  }

  private static void make(Path home, Path python, List<Requirement> requirements, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    remove(home);
    try {
      Finished made =
          attempt
              .bench()
              .run(
                  List.of(
                      python.toString(),
                      "-m",
                      "venv",
                      "--without-pip",
                      "--system-site-packages",
                      home.toString()),
                  Map.of());
      if (made.code() != 0) {
        throw NotInstalled.saying(
            "no virtual environment can be made with " + python, made.lastLines());
      }
      install(home, python, requirements, attempt);
      Files.createFile(home.resolve(WHOLE));
    } catch (NotInstalled | IOException | InterruptedException | RuntimeException e) {
      remove(home);
      throw e;
    }
  }

  private static void install(
      Path home, Path python, List<Requirement> requirements, Attempt attempt)
      throws NotInstalled, IOException, InterruptedException {
    for (var group : byIndex(requirements).entrySet()) {
      List<String> pip = new ArrayList<>();
      pip.addAll(List.of(python.toString(), "-m", "pip", "--python"));
      pip.addAll(List.of(interpreter(home).toString(), "install", "--quiet", "--no-input"));
      pip.addAll(List.of("--disable-pip-version-check", "--no-warn-script-location"));
      if (!group.getKey().isEmpty()) {
        pip.addAll(List.of("--index-url", group.getKey()));
      }
      pip.addAll(group.getValue());
      attempt.bench().note("Installing " + String.join(" ", group.getValue()));
      Finished installed = attempt.bench().run(pip, settings());
      if (installed.code() != 0) {
        throw NotInstalled.saying(
            "pip could not install " + String.join(" ", names(group.getValue())),
            installed.lastLines());
      }
    }
  }

  /** As one call where it can be: pip looks for versions that go together. */
  private static Map<String, List<String>> byIndex(List<Requirement> requirements) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Requirement one : requirements) {
      String index = one.index() == null ? "" : one.index();
      groups.computeIfAbsent(index, _ -> new ArrayList<>()).addAll(one.arguments());
    }
    return groups;
  }

  private static List<String> names(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> !argument.equals("-r"))
        .map(argument -> argument.substring(argument.lastIndexOf('/') + 1))
        .toList();
  }

  /** What the operator set for pip; a task itself does not see it. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(System.getenv());
    settings.keySet().removeIf(name -> !name.startsWith("PIP_"));
    return settings;
  }

  private static void remove(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
