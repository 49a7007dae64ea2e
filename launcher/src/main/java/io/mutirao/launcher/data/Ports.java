package io.mutirao.launcher.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/**
 * The ports of a stack: each name keeps its port over restarts while that is free.
 *
 * <p>Chosen below the range from which the kernel takes the local ends of outgoing connections:
 * else such a connection could take the port of a process while it is down.
 */
public final class Ports {

  static final int LOWEST = 20_000;
  static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  private final KeptValues file;
  private final SortedMap<String, String> kept;
  private final Set<Integer> given = new HashSet<>();

  private Ports(KeptValues file, SortedMap<String, String> kept) {
    this.file = file;
    this.kept = kept;
  }

  public static Ports in(DataFolder folder) throws IOException {
    var file = new KeptValues(folder.resolve("ports"));
    return new Ports(file, file.read());
  }

  /** The port kept under the name if it is still free, else another free one, kept from now on. */
  public int get(String name) throws IOException {
    int before = Integer.parseInt(kept.getOrDefault(name, "0"));
    if (before != 0 && isFree(before) && given.add(before)) {
      return before;
    }
    int chosen = choose();
    kept.put(name, Integer.toString(chosen));
    file.write(Map.copyOf(kept));
    return chosen;
  }

  private int choose() throws IOException {
    var random = RandomGenerator.getDefault();
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (!kept.containsValue(Integer.toString(port)) && isFree(port) && given.add(port)) {
        return port;
      }
    }
    throw new IOException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  /** Whether nobody listens on the port of this machine. */
  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // a port whose last connections linger is free
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
