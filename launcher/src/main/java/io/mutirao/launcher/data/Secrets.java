package io.mutirao.launcher.data;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.SortedMap;

/** Random passwords and the administrator's token, made once and kept in the data folder. */
public final class Secrets {

  private static final int BYTES = 20;

  private final KeptValues file;
  private final SortedMap<String, String> values;

  private Secrets(KeptValues file, SortedMap<String, String> values) {
    this.file = file;
    this.values = values;
  }

  public static Secrets in(DataFolder folder) throws IOException {
    var file = new KeptValues(folder.resolve("secrets"));
    return new Secrets(file, file.read());
  }

  /** The secret of that name; the first time it is asked for, it is made and kept. */
  public String get(String name) throws IOException {
    String kept = values.get(name);
    if (kept != null) {
      return kept;
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String made = HexFormat.of().formatHex(random);
    keep(name, made);
    return made;
  }

  /** Keeps a secret that somebody chose. */
  public void keep(String name, String secret) throws IOException {
    if (!secret.equals(values.put(name, secret))) {
      file.write(values);
    }
  }
}
