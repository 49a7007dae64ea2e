package io.mutirao.dispatcher.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a gateway hears that asks whether anything has changed. Over real HTTP. */
final class LaneResourceTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void whoeverAsksWhileTheDatabaseIsAwayHearsSoEachTime() throws Exception {
    PGSimpleDataSource away = new PGSimpleDataSource();
    away.setServerNames(new String[] {"127.0.0.1"});
    away.setPortNumbers(new int[] {1});
    URI lanes = lanes(new LaneResource(away));

    try (HttpClient gateway = HttpClient.newHttpClient()) {
      HttpRequest question = HttpRequest.newBuilder(lanes).build();
      assertThat(gateway.send(question, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
      assertThat(gateway.send(question, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
    }
  }

  private URI lanes(LaneResource resource) throws Exception {
    Router router = Router.router(vertx);
    resource.open(router);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/lanes");
  }
}
