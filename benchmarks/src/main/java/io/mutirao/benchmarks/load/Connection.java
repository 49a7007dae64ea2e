package io.mutirao.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection. A plain socket: the two cores belong to the stack, and a full
 * client would take more of them than some of the services.
 */
public final class Connection implements AutoCloseable {

  /** What came back. */
  public record Answer(int status, byte[] body) {
    public String text() {
      return new String(body, UTF_8);
    }
  }

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[16 << 10];

  public Connection(URI server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** A request as it goes over the wire; made once, sent often. */
  public static byte[] request(URI server, String token, String method, String path, String body) {
    byte[] content = body.getBytes(UTF_8);
    byte[] head =
        """
        %s %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(method, path, server.getAuthority(), token, content.length)
            .getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return all;
  }

  public Answer send(byte[] request) throws IOException {
    out.write(request);
    int filled = 0;
    int headEnd = -1;
    while (headEnd < 0) {
      filled += read(filled);
      headEnd = headEnd(filled);
    }
    String head = new String(buffer, 0, headEnd, ISO_8859_1).toLowerCase(Locale.ROOT);
    int end = headEnd + contentLength(head);
    while (filled < end) {
      filled += read(filled);
    }
    int status = Integer.parseInt(head, 9, 12, 10);
    return new Answer(status, Arrays.copyOfRange(buffer, headEnd, end));
  }

  private int read(int at) throws IOException {
    if (at == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * at);
    }
    int count = in.read(buffer, at, buffer.length - at);
    if (count < 0) {
      throw new IOException("the server closed the connection");
    }
    return count;
  }

  /** Where the body begins, -1 if the empty line has not come yet. */
  private int headEnd(int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int contentLength(String head) throws IOException {
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer without Content-Length: " + head);
    }
    return Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
