package io.mutirao.worker.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that pip installs.
 *
 * @param arguments for pip
 * @param index where it is looked for; null: as the machine is configured
 * @param identity the same for the same: of a file what is in it, wherever it stands
 */
record Requirement(List<String> arguments, @Nullable String index, String identity) {

  private static final String WHEELHOUSE = ".wheelhouse.zip";

  static Requirement of(Library.Pypi library) throws NotInstalled {
    String requirement = library.requirement().strip();
    if (requirement.startsWith("-")) {
      throw new NotInstalled("pypi: a package is expected, not the option " + requirement);
    }
    return new Requirement(List.of(requirement), library.index(), requirement);
  }

  static Requirement wheel(Path file) throws IOException {
    if (LibraryFiles.isNamed(file, WHEELHOUSE)) {
      List<Path> wheels = Wheelhouse.unpack(file);
      return new Requirement(
          wheels.stream().map(Path::toString).toList(), null, "wheelhouse " + hash(file));
    }
    return new Requirement(List.of(file.toString()), null, file.getFileName() + " " + hash(file));
  }

  static Requirement list(Path file) throws IOException {
    return new Requirement(List.of("-r", file.toString()), null, "list " + hash(file));
  }

  /** One identity for all of them, on an interpreter. */
  static String identity(Path python, List<Requirement> all) {
    List<String> words = new ArrayList<>();
    words.add(python.toString());
    for (Requirement one : all) {
      words.add(one.identity() + " from " + one.index());
    }
    MessageDigest digest = sha256();
    return HexFormat.of()
        .formatHex(
            digest.digest(
                String.join("\n", words).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .substring(0, 32);
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      long _ = in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("this JDK lacks SHA-256", e));
    }
  }
}
