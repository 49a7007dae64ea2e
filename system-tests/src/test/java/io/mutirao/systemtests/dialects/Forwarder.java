package io.mutirao.systemtests.dialects;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Makes what listens at one port of this machine listen at another one, too. */
record Forwarder(ServerSocket door) implements AutoCloseable {

  static Forwarder open(int port, int to) throws IOException {
    ServerSocket door = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!door.isClosed()) {
            try {
              Socket from = door.accept();
              Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
              Thread.ofVirtual().start(() -> copy(from, there));
              Thread.ofVirtual().start(() -> copy(there, from));
            } catch (IOException _) {
              return; // It was closed.
            }
          }
        });
    return new Forwarder(door);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One of the two has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
