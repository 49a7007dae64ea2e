package io.mutirao.systemtests.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The modules, the package each has for itself, and whom it may use. */
enum Modules {
  CONTRACTS("contracts", "contracts"),
  OBJECT_STORE("object-store", "objects"),
  TASK_RUNNER_API("task-runner-api", "runner"),
  MESSAGING("messaging", "messaging"),
  API_GATEWAY("api-gateway", "gateway"),
  JOB_REGISTRY("job-registry", "registry"),
  RUN_DISPATCHER("run-dispatcher", "dispatcher"),
  WORKER("worker", "worker"),
  NOTIFIER("notifier", "notifier"),
  LAUNCHER("launcher", "launcher");

  /** What ships: all but the launcher, which is for one machine. */
  static final Set<Modules> SHIPPED = EnumSet.complementOf(EnumSet.of(LAUNCHER));

  private final String folder;
  private final String name;

  Modules(String folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** With everything below it. */
  String packages(String root) {
    return root + "." + name + "..";
  }

  /** DESIGN, "Allowed between modules". */
  Set<Modules> mayUse() {
    return switch (this) {
      case CONTRACTS, OBJECT_STORE, TASK_RUNNER_API -> Set.of();
      case MESSAGING -> Set.of(CONTRACTS);
      case API_GATEWAY, JOB_REGISTRY, RUN_DISPATCHER, NOTIFIER ->
          Set.of(CONTRACTS, MESSAGING, OBJECT_STORE);
      case WORKER -> Set.of(CONTRACTS, MESSAGING, OBJECT_STORE, TASK_RUNNER_API);
      case LAUNCHER -> Set.of(CONTRACTS);
    };
  }

  Path classes() {
    return Path.of("..", folder, "target", "classes");
  }

  /** The class files of some modules; that they were compiled is somebody else's duty. */
  static JavaClasses read(Set<Modules> modules) {
    List<Path> missing =
        modules.stream().map(Modules::classes).filter(path -> !Files.isDirectory(path)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Compile all modules first; there is nothing at " + missing);
    }
    return new ClassFileImporter().importPaths(modules.stream().map(Modules::classes).toList());
  }

  static String[] packagesOf(Set<Modules> modules, String root) {
    return modules.stream().map(module -> module.packages(root)).toArray(String[]::new);
  }

  static String[] packagesOfAll(String root) {
    return packagesOf(EnumSet.copyOf(Arrays.asList(values())), root);
  }
}
