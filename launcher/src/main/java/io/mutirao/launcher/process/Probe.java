package io.mutirao.launcher.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Asks a process on this machine whether it is ready. Plain sockets: it is asked often. */
@FunctionalInterface
public interface Probe {

  int TIMEOUT_MILLIS = 1_000;

  boolean ready();

  /** Ready when somebody accepts connections on the port. */
  static Probe tcp(int port) {
    return () -> answers(port, new byte[0], "");
  }

  /** Ready when a GET of the path is answered with 200. */
  static Probe http(int port, String path) {
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
    return () -> answers(port, request.getBytes(StandardCharsets.US_ASCII), "HTTP/1.1 200");
  }

  /** Ready when the database asks for a password; while it starts it answers with an error. */
  static Probe postgres(int port) {
    byte[] parameters = "user\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
    int length = 8 + parameters.length;
    byte[] startup =
        ByteBuffer.allocate(length).putInt(length).putInt(3 << 16).put(parameters).array();
    return () -> answers(port, startup, "R");
  }

  private static boolean answers(int port, byte[] request, String beginning) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write(request);
      byte[] answer = socket.getInputStream().readNBytes(beginning.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(beginning);
    } catch (IOException _) {
      return false; // not yet, or too busy to answer in time
    }
  }
}
