package io.mutirao.worker.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The secrets that one attempt was given, so that nothing that it prints shows them. As Databricks
 * does it: the value as it is. Whoever wants to print a secret in other words can.
 */
public final class Masks {

  private static final String REDACTED = "[REDACTED]";

  /** Longest first: of two that begin alike the longer one is found. */
  private final List<byte[]> secrets = new CopyOnWriteArrayList<>();

  /**
   * From now on this value is not shown; also without the white space around it.
   *
   * @return what is hidden now that was not before
   */
  public synchronized List<byte[]> hide(byte[] secret) {
    List<byte[]> fresh = new ArrayList<>();
    byte[] stripped = new String(secret, ISO_8859_1).strip().getBytes(ISO_8859_1);
    for (byte[] one : List.of(secret, stripped)) {
      if (stripped.length > 0 && secrets.stream().noneMatch(known -> Arrays.equals(known, one))) {
        secrets.add(one.clone());
        fresh.add(one.clone());
      }
    }
    secrets.sort(Comparator.comparingInt((byte[] known) -> known.length).reversed());
    return fresh;
  }

  public String in(String text) {
    String shown = text;
    for (byte[] secret : secrets) {
      shown = shown.replace(new String(secret, UTF_8), REDACTED);
    }
    return shown;
  }
}
