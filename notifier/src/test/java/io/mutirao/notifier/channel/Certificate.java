package io.mutirao.notifier.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its key, signed by itself.
 *
 * @param file PKCS 12
 */
record Certificate(Path file) {

  private static final String PASSWORD = "changeit";
  private static final String TRUST = "javax.net.ssl.trustStore";

  /** A new one for that host. */
  static Certificate of(String host, Path folder) throws Exception {
    Path file = folder.resolve(host + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(made.getInputStream().readAllBytes(), UTF_8);
    assertThat(made.waitFor()).as(words).isZero();
    return new Certificate(file);
  }

  /** Makes this JVM trust it and nothing else, as an installation's truststore would. */
  void trust() {
    System.setProperty(TRUST, file.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
  }

  static void trustNone() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  /** Of a server that shows it. */
  SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
