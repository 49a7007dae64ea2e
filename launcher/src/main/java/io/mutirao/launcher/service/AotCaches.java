package io.mutirao.launcher.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes already loaded and linked, and profiles of methods, kept by a JVM of a training run for
 * later ones (JEP 483, 514, 515). JDK 25 does not notice that a jar was built again and would run
 * the old classes: so each cache stands beside a stamp of the jars it was made from.
 */
public sealed interface AotCaches {

  /** The flags for a JVM; processes of one program share a cache. */
  List<String> flags(String program, Path jar) throws IOException;

  /** Makes the caches when the JVMs end. */
  record Train(Path folder) implements AotCaches {
    @Override
    public List<String> flags(String program, Path jar) throws IOException {
      Files.createDirectories(folder);
      Files.deleteIfExists(cache(folder, program));
      Files.writeString(stamp(folder, program), new ClassPath(jar).stamp());
      return List.of("-XX:AOTCacheOutput=" + cache(folder, program));
    }
  }

  /** Uses those that are there and of the present jars. */
  record Use(Path folder) implements AotCaches {
    @Override
    public List<String> flags(String program, Path jar) throws IOException {
      boolean current =
          Files.exists(cache(folder, program))
              && Files.exists(stamp(folder, program))
              && Files.readString(stamp(folder, program)).equals(new ClassPath(jar).stamp());
      return current ? List.of("-XX:AOTCache=" + cache(folder, program)) : List.of();
    }
  }

  /**
   * Only classes, without profiles and for nothing but tests, since they are quickly made: a JVM
   * that ends in order leaves those it loaded, unless the archive is there already and of the
   * present jars, as the JVM itself checks (JEP 350, JDK-8261455).
   */
  record Classes(Path folder) implements AotCaches {
    @Override
    public List<String> flags(String program, Path jar) throws IOException {
      Files.createDirectories(folder);
      return List.of(
          "-XX:SharedArchiveFile=" + folder.resolve(program + ".jsa"),
          "-XX:+AutoCreateSharedArchive");
    }
  }

  /** Starts without. */
  record Off() implements AotCaches {
    @Override
    public List<String> flags(String program, Path jar) {
      return List.of();
    }
  }

  /** Where a build keeps its caches. */
  static Path folder(Installation installation) {
    return installation.cache().resolve("aot");
  }

  private static Path cache(Path folder, String program) {
    return folder.resolve(program + ".aot");
  }

  private static Path stamp(Path folder, String program) {
    return folder.resolve(program + ".stamp");
  }
}
