package io.mutirao.worker.offer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.execution.LiveAttempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static final AttemptId ATTEMPT = new AttemptId(7);
  private static final int ANSWER = 200;

  /** Statuses to answer with, one per request; then it grants. */
  private final Queue<Integer> statuses = new ArrayDeque<>();

  private final List<ClaimRequest> heard = new CopyOnWriteArrayList<>();
  private HttpServer dispatcher;

  @BeforeEach
  void open() throws IOException {
    dispatcher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    dispatcher.createContext(
        "/claims",
        exchange -> {
          heard.add(
              Codec.JSON.readValue(exchange.getRequestBody().readAllBytes(), ClaimRequest.class));
          Integer status = statuses.poll();
          byte[] answer = Codec.JSON.writeValueAsBytes(new ClaimAnswer(List.of(ATTEMPT), 15_000));
          exchange.sendResponseHeaders(status == null ? ANSWER : status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    dispatcher.start();
  }

  @AfterEach
  void close() {
    dispatcher.stop(0);
  }

  @Test
  void theSameClaimIsSentUntilItIsAnswered() throws Exception {
    statuses.addAll(List.of(503, 500));
    assertThat(claims(url()).ask(List.of(attempt()), () -> true)).contains(Set.of(ATTEMPT));
    assertThat(heard).hasSize(3);
    assertThat(Set.copyOf(heard)).hasSize(1);
  }

  @Test
  void aDispatcherThatCannotBeReachedIsPassedOver() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(
            claims(URI.create("http://127.0.0.1:" + closed), url())
                .ask(List.of(attempt()), () -> true))
        .contains(Set.of(ATTEMPT));
  }

  @Test
  void aClaimOfNothingIsHeardAndMayFail() {
    statuses.addAll(List.of(503));
    claims(url()).none();
    claims(url()).none();
    assertThat(heard).extracting(ClaimRequest::claims).containsExactly(List.of(), List.of());
  }

  @Test
  void aWorkerThatStopsGivesItsClaimsUp() throws Exception {
    statuses.addAll(List.of(503));
    assertThat(claims(url()).ask(List.of(attempt()), () -> false)).isEqualTo(Optional.empty());
  }

  private static LiveAttempt attempt() {
    return new LiveAttempt(
        OfferTask.of(ATTEMPT, new RunId(2), new JobId(1), "noop", Codec.JSON.createObjectNode()),
        "claim-1",
        false,
        null);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + dispatcher.getAddress().getPort() + "/");
  }

  private static Claims claims(URI... dispatchers) {
    return new Claims(
        new DispatcherClient(List.of(dispatchers)),
        new WorkerId("worker-1/x"),
        new SimpleMeterRegistry());
  }
}
