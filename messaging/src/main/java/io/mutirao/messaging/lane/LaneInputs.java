package io.mutirao.messaging.lane;

import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Unreadable;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns the records of a lane into inputs. What cannot be read becomes a dead letter; what belongs
 * to another lane is forwarded there, once, with its id.
 */
record LaneInputs(Map<String, Topic<?>> topics, LaneMetrics metrics) {

  List<Envelope<? extends Message>> read(
      List<ConsumerRecord<byte[], byte[]>> records, LaneChanges changes) {
    List<Envelope<? extends Message>> inputs = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Topic<?> topic = topics.get(record.topic());
      try {
        if (topic == null) {
          throw new Unreadable("no topic of this lane");
        }
        Envelope<? extends Message> input = Records.read(topic, record);
        if (input.message().lane(changes.lanes(), input.id()) == record.partition()) {
          inputs.add(input);
        } else {
          changes.forward(topic, input);
          metrics.forwarded(record);
        }
      } catch (Unreadable e) {
        String reason = DeadLetter.brief(String.valueOf(e.getMessage()));
        changes.add(DeadLetter.of(record, reason));
        metrics.deadLetter(record, reason);
      }
    }
    return inputs;
  }
}
