package io.mutirao.notifier.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Stands before a mail server that speaks no TLS and lets nobody in who does not: either from the
 * first byte, or after STARTTLS.
 */
final class TlsGate implements AutoCloseable {

  private static final int LONGEST_LINE = 1_000;

  private final ServerSocket door;
  private final SSLSocketFactory tls;
  private final boolean startTls;
  private final int server;

  /**
   * @param server the mail server's port
   */
  TlsGate(Certificate certificate, boolean startTls, int server) throws Exception {
    this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.tls = certificate.context().getSocketFactory();
    this.startTls = startTls;
    this.server = server;
    Thread.startVirtualThread(this::open);
  }

  int port() {
    return door.getLocalPort();
  }

  private void open() {
    while (!door.isClosed()) {
      try (Socket client = door.accept();
          Socket inside = new Socket(InetAddress.getLoopbackAddress(), server)) {
        serve(client, inside);
      } catch (IOException e) {
        // A client that goes away, as one does who does not like the certificate.
        System.err.println("TLS gate: " + e);
      }
    }
  }

  private void serve(Socket client, Socket inside) throws IOException {
    if (startTls && !greeted(client)) {
      return;
    }
    try (SSLSocket safe = (SSLSocket) tls.createSocket(client, null, client.getPort(), true)) {
      safe.setUseClientMode(false);
      safe.startHandshake();
      if (startTls) {
        line(inside.getInputStream()); // Its greeting: the client had one.
      }
      Thread.startVirtualThread(() -> {
        try {
          safe.getInputStream().transferTo(inside.getOutputStream());
          inside.shutdownOutput();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      inside.getInputStream().transferTo(safe.getOutputStream());
    }
  }

  /** Whether the client wants to go on under TLS. */
  private static boolean greeted(Socket client) throws IOException {
    say(client, "220 gate ESMTP");
    while (true) {
      String said = line(client.getInputStream());
      if (said.startsWith("EHLO")) {
        say(client, "250-gate\r\n250 STARTTLS");
      } else if (said.equals("STARTTLS")) {
        say(client, "220 go on");
        return true;
      } else {
        say(client, "530 Must issue a STARTTLS command first");
        return false;
      }
    }
  }

  private static void say(Socket client, String words) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((words + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  /** Not a byte more than the line: what follows may be TLS. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LONGEST_LINE) {
        throw new IOException("no line: " + line);
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
