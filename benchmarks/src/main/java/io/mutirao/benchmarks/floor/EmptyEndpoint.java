package io.mutirao.benchmarks.floor;

import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.Connection;
import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.service.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A Quarkus program with one endpoint that does nothing, in a JVM like the gateway's: as fast as
 * any answer over HTTP can be on this machine.
 */
public final class EmptyEndpoint implements AutoCloseable {

  public static final String WORDS = "an empty Quarkus endpoint in a JVM of its own";

  private static final Duration START = Duration.ofSeconds(30);

  private final Process process;
  private final URI server;
  private final byte[] request;

  private EmptyEndpoint(Process process, URI server) {
    this.process = process;
    this.server = server;
    this.request = Connection.request(server, "nobody", "GET", "/empty", "");
  }

  public static EmptyEndpoint start() throws IOException, InterruptedException {
    int port = freePort();
    try {
      Installation installation = Installation.find();
      Process process =
          new ProcessBuilder(
                  List.of(
                      installation.java().toString(),
                      "-XX:+UseSerialGC",
                      "-XX:+UseCompactObjectHeaders",
                      "-Xms96m",
                      "-Xmn48m",
                      "-Xmx512m",
                      "--sun-misc-unsafe-memory-access=allow",
                      "--enable-native-access=ALL-UNNAMED",
                      "-Dquarkus.http.port=" + port,
                      "-jar",
                      installation.serviceJar("empty-endpoint").toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      var endpoint = new EmptyEndpoint(process, URI.create("http://127.0.0.1:" + port));
      endpoint.awaitReady();
      return endpoint;
    } catch (CannotStart e) {
      throw new IOException(e.words(), e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + START.toNanos();
    while (true) {
      try (var connection = new Connection(server)) {
        ask(connection);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > giveUp || !process.isAlive()) {
          close();
          throw new IOException("the empty endpoint does not answer", e);
        }
        Thread.sleep(50);
      }
    }
  }

  private void ask(Connection connection) throws IOException {
    int status = connection.send(request).status();
    if (status != 200) {
      throw new IOException("answered with " + status);
    }
  }

  public Caller.Factory callers() {
    return n -> {
      var connection = new Connection(server);
      return new Caller() {
        @Override
        public long call() throws IOException {
          ask(connection);
          return n;
        }

        @Override
        public void close() throws IOException {
          connection.close();
        }
      };
    };
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
