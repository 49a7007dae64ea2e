package io.mutirao.launcher.postgres;

import io.mutirao.launcher.data.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once from the jar they come in. */
public record PostgresBinaries(Path home) {

  /** Holds the programs, with their version in the name of the folder. */
  private static final String FOLDER = "postgres-18.3.0";

  public Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Unpacks into the cache folder, unless that was done before. */
  public static PostgresBinaries in(Path cache) throws CannotStart {
    Path home = cache.resolve(FOLDER);
    if (Files.isDirectory(home)) {
      return new PostgresBinaries(home);
    }
    String archive = archiveForThisMachine();
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new CannotStart(
            "The embedded PostgreSQL is not made for this machine (%s, %s): only Linux on x86-64 yet."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
      }
      Files.createDirectories(cache);
      Path fresh = Files.createTempDirectory(cache, FOLDER);
      unpack(packed, fresh);
      moveInto(home, fresh);
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new CannotStart("PostgreSQL cannot be unpacked into " + cache, e);
    }
  }

  private static String archiveForThisMachine() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return "/postgres-%s-%s.txz".formatted(system, machine.equals("amd64") ? "x86_64" : machine);
  }

  private static void unpack(InputStream packed, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        Path target = folder.resolve(e.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("the archive leaves its folder: " + e.getName());
        }
        if (e.isDirectory()) {
          Files.createDirectories(target);
        } else if (e.isSymbolicLink()) {
          Files.createDirectories(parent(target));
          Files.createSymbolicLink(target, Path.of(e.getLinkName()));
        } else {
          Files.createDirectories(parent(target));
          Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
          Files.setPosixFilePermissions(target, permissions(e.getMode()));
        }
      }
    }
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("no folder above " + file);
    }
    return parent;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> all =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OWNER_WRITE);
    if ((mode & 0100) != 0) {
      all.add(PosixFilePermission.OWNER_EXECUTE);
      all.add(PosixFilePermission.GROUP_EXECUTE);
      all.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return all;
  }

  /** Another launcher may have been faster: then its copy stays and ours goes. */
  private static void moveInto(Path home, Path fresh) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      try (var files = Files.walk(fresh)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }
}
