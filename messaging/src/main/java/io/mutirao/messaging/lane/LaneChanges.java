package io.mutirao.messaging.lane;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one batch changes and tells: statements, messages, answers, and how many ids it minted.
 * Messages have stable ids made of service, lane, batch and place in it.
 */
public final class LaneChanges {

  /** A message that the broker would refuse; the input that asks for it is refused instead. */
  public static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message);
    }
  }

  record Statement(String sql, List<@Nullable Object> parameters) {}

  private static final Logger log = Logger.getLogger(LaneChanges.class);
  private static final int ROOM_FOR_FRAMING = 4 * 1024;

  /**
   * Whoever follows a {@link #hint} and finds nothing must look again for longer than this: when
   * the commit takes as long, the hint is sent again after it.
   */
  public static final Duration HINT_LEAD = Duration.ofMillis(50);

  /** A hint may only name ids that nobody will mint again, and take-overs skip so many. */
  static final int HINTED_IDS = 16;

  private final Records records;
  private final int lane;
  private final long batch;
  private final long mintedBefore;
  private final Instant now;
  private final List<Statement> statements = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> hints = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> replies = new ArrayList<>();
  private long minted;

  LaneChanges(Records records, int lane, long batch, long minted, Instant now) {
    this.records = records;
    this.lane = lane;
    this.batch = batch;
    this.minted = minted;
    this.mintedBefore = minted;
    this.now = now;
  }

  /** Mints the next id of this lane. Not used when the batch fails. */
  public long mintId() {
    return records.lanes().mint(lane, ++minted);
  }

  /**
   * Adds a statement to the transaction of the batch.
   *
   * @param parameters one for each {@code ?}; arrays as {@link SqlArray}
   */
  public void write(String sql, @Nullable Object... parameters) {
    statements.add(new Statement(sql, Arrays.asList(parameters)));
  }

  /** Sends a message once the batch is committed, in the order of these calls. */
  public <M extends Message> void send(Topic<M> topic, M message, @Nullable Envelope<?> cause) {
    add(written(topic, message, cause));
  }

  /**
   * Sends a message that decides nothing, as {@link #send} does, or a little earlier: while the
   * batch is being committed. It may then tell of what never will be, but not of what somebody
   * else's batch makes under the same ids. See {@link #HINT_LEAD}.
   */
  public <M extends Message> void hint(Topic<M> topic, M message, @Nullable Envelope<?> cause) {
    hints.add(fitting(written(topic, message, cause)));
  }

  private <M extends Message> ProducerRecord<byte[], byte[]> written(
      Topic<M> topic, M message, @Nullable Envelope<?> cause) {
    String id =
        records.source() + "/" + lane + "/" + batch + "/" + (messages.size() + hints.size());
    String trace = cause == null ? null : cause.traceparent();
    return records.write(topic, new Envelope<>(id, message, null, trace), now);
  }

  /**
   * Sends a message whose id says what it stands for, so that it is known again whichever batch
   * sends it.
   */
  public <M extends Message> void send(Topic<M> topic, Envelope<M> message) {
    add(records.write(topic, message, now));
  }

  /** Hands an input on as it is, to the lane it belongs to. */
  <M extends Message> void forward(Topic<?> topic, Envelope<M> input) {
    int right = input.message().lane(records.lanes(), input.id());
    add(records.write(topic.name(), right, input, now));
  }

  /** Adds a ready record, for example a dead letter. */
  void add(ProducerRecord<byte[], byte[]> record) {
    messages.add(fitting(record));
  }

  private static ProducerRecord<byte[], byte[]> fitting(ProducerRecord<byte[], byte[]> record) {
    int size = ROOM_FOR_FRAMING + record.value().length;
    size += record.key() == null ? 0 : record.key().length;
    for (Header header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    if (size > Clients.MAX_MESSAGE_BYTES) {
      throw new TooLarge("a message for " + record.topic() + " would have " + size + " bytes");
    }
    return record;
  }

  /**
   * Answers a command. Sent only after the messages of this batch and of all earlier ones of the
   * lane are acknowledged. Nothing, when the sender wants no answer.
   */
  public void reply(Envelope<?> command, Reply reply) {
    String replyTo = command.replyTo();
    if (replyTo == null) {
      return;
    }
    ReplyAddress address = ReplyAddress.parse(replyTo).orElse(null);
    if (address == null) {
      log.warnf("The answer to command %s is dropped: its reply address is no topic", command.id());
      return;
    }
    String id = records.source() + "/" + lane + "/" + batch + "/reply/" + replies.size();
    replies.add(
        records.write(
            address.topic(),
            address.partition(),
            new Envelope<>(id, reply, null, command.traceparent()),
            now));
  }

  public Lanes lanes() {
    return records.lanes();
  }

  List<Statement> statements() {
    return statements;
  }

  List<ProducerRecord<byte[], byte[]>> messages() {
    return messages;
  }

  List<ProducerRecord<byte[], byte[]>> hints() {
    return hints;
  }

  /** What must not be lost with the batch: hints and messages. */
  List<ProducerRecord<byte[], byte[]>> kept() {
    List<ProducerRecord<byte[], byte[]>> kept = new ArrayList<>(hints);
    kept.addAll(messages);
    return kept;
  }

  /** Whether the hints may leave before the commit. */
  boolean mayHint() {
    return !hints.isEmpty() && minted - mintedBefore <= HINTED_IDS;
  }

  List<ProducerRecord<byte[], byte[]>> replies() {
    return replies;
  }

  Instant now() {
    return now;
  }

  boolean isEmpty() {
    return statements.isEmpty() && messages.isEmpty() && hints.isEmpty() && replies.isEmpty();
  }

  long minted() {
    return minted;
  }
}
