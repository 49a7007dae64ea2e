package io.mutirao.gateway.backend;

import io.mutirao.contracts.reply.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the reply to which command. A place is taken before the command is produced: the
 * reply may be faster than the broker's acknowledgement.
 */
final class Correlation {

  private final int capacity;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentMap<String, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();

  Correlation(int capacity) {
    this.capacity = capacity;
  }

  /** Takes a place for a command, or null when all are taken. */
  @Nullable CompletableFuture<Reply> open(String command) {
    if (taken.incrementAndGet() > capacity) {
      taken.decrementAndGet();
      return null;
    }
    CompletableFuture<Reply> place = new CompletableFuture<>();
    waiting.put(command, place);
    return place;
  }

  /** Hands a reply to whoever waits for it; false when nobody does (any more). */
  boolean arrived(Reply reply) {
    CompletableFuture<Reply> place = waiting.get(reply.command());
    return place != null && place.complete(reply);
  }

  /** Gives the place of {@link #open} back, answered or not. */
  void close(String command) {
    if (waiting.remove(command) != null) {
      taken.decrementAndGet();
    }
  }

  int size() {
    return taken.get();
  }
}
