package io.mutirao.launcher.service;

import io.mutirao.launcher.data.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built parts stand: a checkout with its target folders. */
public record Installation(Path root) {

  private static final String VERSION = "0.1.0-SNAPSHOT";

  /** Named by the script {@code mutirao}, else the checkout around the working directory. */
  public static Installation find() throws CannotStart {
    String named = System.getProperty("mutirao.root");
    if (named != null) {
      return new Installation(Path.of(named));
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path path = here; path != null; path = path.getParent()) {
      if (Files.isExecutable(path.resolve("mutirao")) && Files.exists(path.resolve("mvnw"))) {
        return new Installation(path);
      }
    }
    throw new CannotStart("There is no checkout of Mutirão at or above " + here);
  }

  /** The program of a service. */
  public Path serviceJar(String module) throws CannotStart {
    return built(
        root.resolve(module).resolve("target/%s-%s-runner.jar".formatted(module, VERSION)));
  }

  /** A plain module's jar; what it needs stands in {@code lib} beside it. */
  public Path moduleJar(String module) throws CannotStart {
    return built(root.resolve(module).resolve("target/%s-%s.jar".formatted(module, VERSION)));
  }

  private static Path built(Path jar) throws CannotStart {
    if (!Files.exists(jar)) {
      throw new CannotStart(jar + " is missing. Build it with: ./mvnw -DskipTests package");
    }
    return jar;
  }

  /** For what is made once for all stacks of this checkout. */
  public Path cache() {
    return root.resolve(".build");
  }

  public Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
