package io.mutirao.worker.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The arguments of bubblewrap for one program. */
final class Walls {

  /** What programs need of {@code /etc}, as far as it is there; nothing of it is secret. */
  private static final List<String> ETC =
      List.of(
          "alternatives",
          "ca-certificates",
          "group",
          "host.conf",
          "hosts",
          "java-25-openjdk",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "locale.alias",
          "localtime",
          "matplotlibrc",
          "mime.types",
          "nsswitch.conf",
          "passwd",
          "pki",
          "pip.conf",
          "python3",
          "R",
          "resolv.conf",
          "ssl",
          "timezone");

  private final List<String> words = new ArrayList<>();
  private final Set<Path> made = new LinkedHashSet<>();
  private final Set<Path> shown = new LinkedHashSet<>();

  Walls(String bubblewrap) {
    add(bubblewrap, "--die-with-parent", "--unshare-pid");
  }

  /** All as it is, without other processes, and without what is hidden. */
  Walls everythingBut(Collection<Path> hidden) {
    add("--dev-bind", "/", "/", "--proc", "/proc");
    for (Path path : hidden) {
      if (Files.isDirectory(path)) {
        add("--tmpfs", path.toString());
      } else if (Files.exists(path)) {
        add("--ro-bind", "/dev/null", path.toString());
      }
    }
    return this;
  }

  /** The system's programs and nothing else. */
  Walls system(boolean network) throws IOException {
    add("--unshare-ipc", "--unshare-uts", "--proc", "/proc", "--dev", "/dev");
    add("--perms", "1777", "--tmpfs", "/dev/shm", "--perms", "1777", "--tmpfs", "/tmp");
    if (!network) {
      add("--unshare-net");
    }
    add("--ro-bind", "/usr", "/usr");
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        add("--symlink", Files.readSymbolicLink(path).toString(), path.toString());
      } else if (Files.isDirectory(path)) {
        add("--ro-bind", path.toString(), path.toString());
      }
    }
    add("--dir", "/etc", "--chmod", "0755", "/etc");
    for (String name : ETC) {
      add("--ro-bind-try", "/etc/" + name, "/etc/" + name);
    }
    return this;
  }

  /** Something to be seen at the place where it is; to be changed, too, if it is writable. */
  Walls show(Path path, boolean writable) {
    boolean inSight = path.startsWith("/usr") || shown.stream().anyMatch(path::startsWith);
    if (inSight && !writable) {
      return this;
    }
    shown.add(path);
    Path above = path.getParent();
    for (int i = 1; above != null && !inSight && i < path.getNameCount(); i++) {
      Path parent = Path.of("/").resolve(path.subpath(0, i));
      // Bubblewrap would make them for its own user only.
      if (!parent.equals(Path.of("/tmp")) && made.add(parent)) {
        add("--dir", parent.toString(), "--chmod", "0755", parent.toString());
      }
    }
    made.add(path);
    add(writable ? "--bind" : "--ro-bind", path.toString(), path.toString());
    return this;
  }

  List<String> in(Path folder) {
    add("--chdir", folder.toString(), "--");
    return words;
  }

  private void add(String... more) {
    words.addAll(List.of(more));
  }
}
