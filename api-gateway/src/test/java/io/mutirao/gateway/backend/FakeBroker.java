package io.mutirao.gateway.backend;

import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.topic.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Takes commands and lets a script of the test answer, before the send has returned. */
final class FakeBroker implements Broker {

  /** What becomes of a command. */
  interface Script {
    /** The reply to the n-th command, from 0; null for none. */
    Reply reply(int n, String command);
  }

  final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private final Correlation correlation;
  private final Script script;
  Sent outcome = Sent.HANDED_OVER;
  Exception failure;

  FakeBroker(Correlation correlation, Script script) {
    this.correlation = correlation;
    this.script = script;
  }

  @Override
  public Sent send(ProducerRecord<byte[], byte[]> command, CompletableFuture<?> failed) {
    if (outcome == Sent.NOT_PRODUCED) {
      return outcome;
    }
    if (failure != null) {
      failed.completeExceptionally(failure);
    }
    Reply reply = script.reply(sent.size(), header(command, Headers.CE_ID));
    sent.add(command);
    if (reply != null) {
      correlation.arrived(reply);
    }
    return outcome;
  }

  static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
