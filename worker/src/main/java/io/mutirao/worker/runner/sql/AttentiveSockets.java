package io.mutirao.worker.runner.sql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.SQLException;
import javax.net.SocketFactory;

/**
 * Connections to a database whose notices are told before more is read: so they are seen while
 * their statement runs, and there are never many of them in memory. The driver makes it by name.
 */
public final class AttentiveSockets extends SocketFactory {

  private static final class Attentive extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          tell();
          return super.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          tell();
          return super.read(into, from, length);
        }
      };
    }

    private static void tell() throws IOException {
      try {
        SqlProgram.tell();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public Socket createSocket() {
    return new Attentive();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress here, int ourPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new java.net.InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress here, int ourPort)
      throws IOException {
    return createSocket(host, port);
  }
}
