package io.mutirao.dispatcher.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.run.RunHistory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Whether anything has changed, for gateways that remember what they read, as often as they are
 * asked: {@code GET /lanes}. Routes of Vert.x and not JAX-RS, and one thread that asks the database
 * once for all who wait, after they asked: the way there and back is most of such a question.
 */
@Singleton
public final class LaneResource {

  private static final Logger log = Logger.getLogger(LaneResource.class);

  private final DataSource database;
  private final BlockingQueue<HttpServerResponse> waiting = new LinkedBlockingQueue<>();
  private final Thread reader =
      Thread.ofPlatform().daemon().name("lane batches").unstarted(this::read);

  LaneResource(DataSource database) {
    this.database = database;
  }

  /** Before the first question. */
  void open(@Observes Router router) {
    reader.start();
    router.get("/lanes").handler(asked -> waiting.add(asked.response()));
  }

  @PreDestroy
  void close() {
    reader.interrupt();
  }

  private void read() {
    try {
      while (true) {
        List<HttpServerResponse> all = new ArrayList<>();
        all.add(waiting.take());
        waiting.drainTo(all);
        answer(all);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<HttpServerResponse> all) {
    Buffer now;
    try {
      now = Buffer.buffer(Codec.JSON.writeValueAsBytes(lanes()));
    } catch (SQLException | JsonProcessingException | RuntimeException e) {
      log.debugf(e, "Nobody can be told where the lanes stand");
      all.forEach(one -> end(one.setStatusCode(503), Buffer.buffer()));
      return;
    }
    all.forEach(one -> end(one, now));
  }

  private static void end(HttpServerResponse one, Buffer words) {
    try {
      one.putHeader("Content-Type", "application/json").end(words);
    } catch (IllegalStateException e) {
      log.debugf("Somebody who asked where the lanes stand has gone: %s", e.getMessage());
    }
  }

  /** How many batches each lane has committed, at least those of which anybody has heard. */
  private LaneBatches lanes() throws SQLException {
    try (Connection db = database.getConnection()) {
      return RunHistory.lanes(db);
    }
  }
}
