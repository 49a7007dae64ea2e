package io.mutirao.gateway.backend;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Produces a command and waits for its reply. Every asking is a new command with a new id: the
 * owner keeps the answer to an id, also a refusal.
 */
final class Commands {

  private static final Logger log = Logger.getLogger(Commands.class);

  /** What the registry and the dispatcher add when they hand a definition on. */
  private static final int MARGIN_BYTES = 64 * 1024;

  private final Broker broker;
  private final Correlation correlation;
  private final Records records;
  private final InstantSource clock;
  private final String replyTo;
  private final Duration timeout;
  private final MeterRegistry metrics;

  /** What every command needs. */
  record Setup(
      Records records,
      InstantSource clock,
      String replyTo,
      Duration timeout,
      MeterRegistry metrics) {}

  Commands(Broker broker, Correlation correlation, Setup setup) {
    this.broker = broker;
    this.correlation = correlation;
    this.records = setup.records();
    this.clock = setup.clock();
    this.replyTo = setup.replyTo();
    this.timeout = setup.timeout();
    this.metrics = setup.metrics();
    metrics.gauge("mutirao_commands_in_flight", correlation, Correlation::size);
  }

  /** When somebody who asks now has waited long enough, in nanoseconds of the JVM's clock. */
  long deadline() {
    return System.nanoTime() + timeout.toNanos();
  }

  <M extends Message> Reply ask(Topic<M> topic, M command, Caller caller, long deadline)
      throws Rejected {
    Instant now = clock.instant();
    String id = newId(now).toString();
    CompletableFuture<Reply> reply = correlation.open(id);
    if (reply == null) {
      throw rejected("The gateway waits for as many answers as it can");
    }
    Timer.Sample sample = Timer.start(metrics);
    String outcome = "rejected";
    try {
      Envelope<M> envelope = new Envelope<>(id, command, replyTo, caller.traceparent());
      produce(records.write(topic, envelope, now), reply);
      Reply answer = await(reply, deadline);
      outcome = answer.getClass().getSimpleName();
      return answer;
    } finally {
      correlation.close(id);
      sample.stop(
          metrics.timer(
              "mutirao_commands", "type", command.getClass().getSimpleName(), "outcome", outcome));
    }
  }

  /**
   * A UUID of version 7: it begins with the time. The owner keeps all ids in an index, where those
   * of new commands then stand side by side instead of each on a page of its own.
   */
  static UUID newId(Instant now) {
    UUID random = UUID.randomUUID();
    long version = 7L << 12;
    long first = (now.toEpochMilli() << 16) | version | (random.getMostSignificantBits() & 0xFFF);
    return new UUID(first, random.getLeastSignificantBits());
  }

  private void produce(ProducerRecord<byte[], byte[]> command, CompletableFuture<Reply> reply)
      throws Rejected {
    if (command.value().length > Clients.MAX_MESSAGE_BYTES - MARGIN_BYTES) {
      throw new Rejected(
          new Problem.TooLarge(
              "The request takes more than "
                  + (Clients.MAX_MESSAGE_BYTES - MARGIN_BYTES)
                  + " bytes as a message; task parameters count twice"));
    }
    switch (broker.send(command, reply)) {
      case HANDED_OVER -> {}
      case NOT_PRODUCED -> throw rejected("The message broker is away");
    }
  }

  private Reply await(CompletableFuture<Reply> reply, long deadline) throws Rejected {
    try {
      return reply.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Rejected(new Problem.Unanswered(timeout));
    } catch (ExecutionException e) {
      log.warnf("A command may or may not have been produced: %s", e.getCause());
      throw new Rejected(new Problem.Unanswered(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Rejected(new Problem.Unanswered(timeout));
    }
  }

  private static Rejected rejected(String what) {
    return new Rejected(Problem.Away.forASecond(what));
  }
}
