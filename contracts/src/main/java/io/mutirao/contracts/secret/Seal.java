package io.mutirao.contracts.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets and opens them, with a key that only those hold who must: gateway, workers,
 * notifier. AES-256-GCM; the key is derived from the installation's own by HKDF.
 */
public final class Seal {

  /** An installation's key has at least so many characters. */
  public static final int SHORTEST_KEY = 32;

  private static final String FORMAT = "v1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  /** What was sealed cannot be opened: with another key, or for something else. */
  public static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    public static Broken withoutKey(String name) {
      return new Broken(name + " is sealed, and MUTIRAO_SECRET_KEY is not set here", null);
    }
  }

  /**
   * With an installation's key.
   *
   * @throws IllegalArgumentException when it is too short to be one
   */
  public static Seal with(String key) {
    if (key.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "MUTIRAO_SECRET_KEY has %d characters; at least %d random ones are needed"
              .formatted(key.length(), SHORTEST_KEY));
    }
    return new Seal(key);
  }

  private Seal(String key) {
    try {
      this.key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(key.getBytes(UTF_8))
                      .thenExpand("mutirao seal v1".getBytes(UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HKDF or AES", e);
    }
  }

  /** The name under which a secret of a scope is sealed; names differ not by small letters. */
  public static String nameOf(String scope, String secret) {
    return "secret:" + (scope + "/" + secret).toLowerCase(Locale.ROOT);
  }

  /**
   * Seals a value.
   *
   * @param name what it is; sealed as something it cannot be opened as something else
   */
  public String seal(String name, byte[] value) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(value);
      byte[] all = ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed).array();
      return FORMAT + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /** Whether it looks like something sealed; older installations kept some values as they are. */
  public static boolean isSealed(String value) {
    return value.startsWith(FORMAT);
  }

  public byte[] open(String name, String sealed) throws Broken {
    if (!isSealed(sealed)) {
      throw new Broken(name + " is not sealed as this version does it", null);
    }
    try {
      byte[] all = Base64.getDecoder().decode(sealed.substring(FORMAT.length()));
      ByteBuffer bytes = ByteBuffer.wrap(all);
      byte[] nonce = new byte[NONCE_BYTES];
      bytes.get(nonce);
      byte[] closed = new byte[bytes.remaining()];
      bytes.get(closed);
      return cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(closed);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new Broken(name + " was sealed with another MUTIRAO_SECRET_KEY", e);
    }
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(UTF_8));
    return cipher;
  }
}
