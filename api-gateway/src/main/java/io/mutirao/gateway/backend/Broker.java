package io.mutirao.gateway.backend;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Takes commands, and knows the difference that clients live by: a command that was certainly not
 * produced may be sent again by anybody, one that perhaps was may not.
 */
interface Broker {

  /** What became of a send. */
  enum Sent {
    /** Out of our hands: it is or will be produced, or its failure comes later. */
    HANDED_OVER,
    /** Certainly not produced, now or later. */
    NOT_PRODUCED
  }

  /**
   * Sends a command.
   *
   * @param failure completed exceptionally when a command that was handed over failed after all,
   *     which does not say that nobody will read it
   */
  Sent send(ProducerRecord<byte[], byte[]> command, CompletableFuture<?> failure);
}
