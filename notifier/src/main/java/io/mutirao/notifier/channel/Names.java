package io.mutirao.notifier.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up on threads of their own: a look-up blocks its carrier for as long as the name
 * server is silent, and nobody else is to wait for that.
 */
final class Names {

  private static final int MOST_AT_ONCE = 64;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST_AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("names-", 1).factory());
  private final Duration timeout;

  Names(Duration timeout) {
    this.timeout = timeout;
  }

  List<InetAddress> addresses(String host)
      throws UnknownHostException, TimeoutException, InterruptedException {
    Future<InetAddress[]> found;
    try {
      found = threads.submit(() -> InetAddress.getAllByName(host));
    } catch (RejectedExecutionException e) {
      throw new TimeoutException("too many names are looked up");
    }
    try {
      return List.of(found.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
