package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Records;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private static final Caller CALLER = new Caller(User.administrator("ana"), "00-1-2-01");
  private static final RunJob COMMAND = RunJob.of(new JobId(6), Map.of(), "t", "ana");

  private final Correlation correlation = new Correlation(1);

  @Test
  void aReplyThatIsFasterThanTheBrokersAcknowledgementIsHeard() throws Rejected {
    FakeBroker broker =
        new FakeBroker(correlation, (_, id) -> Reply.Accepted.ofRun(id, new RunId(9), 3));
    Reply reply = ask(broker, COMMAND);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Accepted.class, accepted -> assertThat(accepted.run()).isEqualTo(new RunId(9)));
    assertThat(correlation.size()).isZero();
    var record = broker.sent.getFirst();
    assertThat(record.partition()).isEqualTo(2);
    assertThat(FakeBroker.header(record, Headers.REPLY_TO)).isEqualTo("replies/1");
    assertThat(FakeBroker.header(record, Headers.TRACEPARENT)).isEqualTo("00-1-2-01");
  }

  @Test
  void aCommandThatWasCertainlyNotProducedMayBeRepeated() {
    FakeBroker broker = new FakeBroker(correlation, (_, _) -> null);
    broker.outcome = Broker.Sent.NOT_PRODUCED;
    assertThat(problem(broker, COMMAND)).isInstanceOf(Problem.Away.class);
    assertThat(correlation.size()).isZero();
  }

  @Test
  void whoGetsNoAnswerIsToldThatWeDoNotKnow() {
    assertThat(problem(new FakeBroker(correlation, (_, _) -> null), COMMAND))
        .isInstanceOf(Problem.Unanswered.class);
    assertThat(correlation.size()).isZero();
  }

  @Test
  void aFailureAfterTheHandOverDoesNotSayThatNobodyReadTheCommand() {
    FakeBroker broker = new FakeBroker(correlation, (_, _) -> null);
    broker.failure = new IOException("the broker died");
    assertThat(problem(broker, COMMAND)).isInstanceOf(Problem.Unanswered.class);
  }

  @Test
  void whenAllPlacesAreTakenNothingIsProduced() {
    correlation.open("another");
    FakeBroker broker = new FakeBroker(correlation, (_, _) -> null);
    assertThat(problem(broker, COMMAND)).isInstanceOf(Problem.Away.class);
    assertThat(broker.sent).isEmpty();
  }

  @Test
  void whatNoBrokerWouldTakeIsTooLarge() {
    FakeBroker broker = new FakeBroker(correlation, (_, _) -> null);
    var large =
        JsonNodeFactory.instance
            .arrayNode()
            .add(new TextNode("a".repeat(Clients.MAX_MESSAGE_BYTES)));
    assertThat(problem(broker, RunJob.of(new JobId(6), Map.of("python", large), null, "ana")))
        .isInstanceOf(Problem.TooLarge.class);
    assertThat(broker.sent).isEmpty();
  }

  @Test
  void withoutABrokerACommandIsNotEvenGivenToTheProducer() throws IOException {
    String nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = "127.0.0.1:" + socket.getLocalPort();
    }
    KafkaBroker broker =
        new KafkaBroker(
            new Clients(nobody, "test").bestEffortProducer("commands", 1_000),
            Duration.ofMillis(100));
    try {
      assertThat(problem(broker, COMMAND)).isInstanceOf(Problem.Away.class);
    } finally {
      broker.close();
    }
  }

  private Reply ask(Broker broker, RunJob command) throws Rejected {
    Commands commands = commands(broker, correlation);
    return commands.ask(Topics.RUN_COMMANDS, command, CALLER, commands.deadline());
  }

  private Problem problem(Broker broker, RunJob command) {
    return catchThrowableOfType(Rejected.class, () -> ask(broker, command)).problem();
  }

  private static Commands commands(Broker broker, Correlation correlation) {
    return commands(broker, correlation, Duration.ofMillis(200));
  }

  static Commands commands(Broker broker, Correlation correlation, Duration patience) {
    return new Commands(
        broker,
        correlation,
        new Commands.Setup(
            new Records("api-gateway", new Lanes(4)),
            InstantSource.system(),
            "replies/1",
            patience,
            new SimpleMeterRegistry()));
  }
}
