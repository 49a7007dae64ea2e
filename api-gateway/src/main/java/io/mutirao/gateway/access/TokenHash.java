package io.mutirao.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of a token. SHA-256 without salt or stretching is enough: a token is 256 random
 * bits, which nobody guesses, unlike a password that somebody thought of.
 */
final class TokenHash {

  static byte[] of(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String text(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private TokenHash() {}
}
