package io.mutirao.dispatcher.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.run.DispatcherConfig;
import io.mutirao.messaging.lane.LaneChanges;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Where workers ask for the attempts that they were offered: {@code POST /claims}, a {@link
 * ClaimRequest}, answered with a {@link ClaimAnswer} by any dispatcher instance. The same claims
 * may be sent again until an answer comes. 503 says that certainly nothing was decided; any other
 * failure may have come after the decision.
 *
 * <p>A route of Vert.x and not JAX-RS: it is on the way of each run, and each handing over between
 * threads costs as much as the decision.
 */
@Singleton
final class ClaimRoute {

  private static final Logger log = Logger.getLogger(ClaimRoute.class);

  /** An offer may be ahead of the commit that makes its attempt: then it is about to be there. */
  private static final Duration UNTIL_COMMITTED = LaneChanges.HINT_LEAD.multipliedBy(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

  private record Answer(int status, byte[] body) {}

  private final DataSource database;
  private final Vertx vertx;
  private final long leaseMillis;
  private final Counter granted;
  private final Counter refused;

  ClaimRoute(DataSource database, DispatcherConfig config, MeterRegistry metrics, Vertx vertx) {
    this.database = database;
    this.vertx = vertx;
    this.leaseMillis = config.lease().toMillis();
    this.granted = metrics.counter("mutirao_claims", "answer", "granted");
    this.refused = metrics.counter("mutirao_claims", "answer", "refused");
  }

  void open(@Observes Router router) {
    router.post("/claims").handler(this::hear);
  }

  private void hear(RoutingContext visit) {
    Future<Buffer> all = visit.request().body();
    // Quarkus hands requests on paused.
    visit.request().resume();
    all.onSuccess(body -> decide(body.getBytes(), visit.response()))
        .onFailure(error -> log.debugf("A claim did not arrive whole: %s", error.getMessage()));
  }

  private void decide(byte[] body, HttpServerResponse response) {
    vertx
        .executeBlocking(() -> answer(body), false)
        .onSuccess(answer ->
            response
                .setStatusCode(answer.status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(answer.body)))
        .onFailure(error -> {
          log.error("Claims could not be decided", error);
          response.setStatusCode(500).end();
        });
  }

  private Answer answer(byte[] body) throws SQLException, InterruptedException, IOException {
    ClaimRequest request;
    try {
      request = Codec.JSON.readValue(body, ClaimRequest.class);
      if (request == null) {
        return new Answer(400, problem("This is not a claim: null"));
      }
    } catch (JsonProcessingException e) {
      return new Answer(400, problem("This is not a claim: " + e.getOriginalMessage()));
    }
    Connection db;
    try {
      db = database.getConnection();
    } catch (SQLException e) {
      log.warnf("Claims wait, the database is away: %s", e.getMessage());
      return new Answer(503, problem("the database is away"));
    }
    try (db) {
      return new Answer(200, Codec.JSON.writeValueAsBytes(decide(db, request)));
    }
  }

  private ClaimAnswer decide(Connection db, ClaimRequest request)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + UNTIL_COMMITTED.toNanos();
    Duration pause = FIRST_PAUSE;
    boolean last = false;
    ClaimStore.Decided decided = ClaimStore.claim(db, request);
    while (!decided.undecided().isEmpty() && !last) {
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      // Before the question: the last one is asked when the time is over, and not earlier.
      last = System.nanoTime() - end >= 0;
      decided = ClaimStore.claim(db, request);
    }
    granted.increment(decided.granted().size());
    refused.increment(request.claims().size() - decided.granted().size());
    return new ClaimAnswer(decided.granted(), leaseMillis);
  }

  private static byte[] problem(String what) throws JsonProcessingException {
    return Codec.JSON.writeValueAsBytes(Map.of("error", what));
  }
}
