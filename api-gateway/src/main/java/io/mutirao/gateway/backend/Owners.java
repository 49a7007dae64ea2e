package io.mutirao.gateway.backend;

import io.mutirao.gateway.core.HeldBytes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The services that own what we show. */
@Singleton
final class Owners {

  private static final int CONNECTIONS = 64;
  private static final int WAITING = 10_000;

  private final OwnerClient registry;
  private final OwnerClient dispatcher;
  private final OwnerClient notifier;

  @Inject
  Owners(Vertx vertx, HeldBytes held, OwnersConfig config) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(60)
                .setMaxWaitQueueSize(WAITING),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    Duration timeout = config.answerTimeout();
    this(
        new OwnerClient(client, held, "job registry", config.registry(), timeout),
        new OwnerClient(client, held, "run dispatcher", config.dispatcher(), timeout),
        new OwnerClient(client, held, "notifier", config.notifier(), timeout));
  }

  Owners(OwnerClient registry, OwnerClient dispatcher, OwnerClient notifier) {
    this.registry = registry;
    this.dispatcher = dispatcher;
    this.notifier = notifier;
  }

  OwnerClient registry() {
    return registry;
  }

  OwnerClient dispatcher() {
    return dispatcher;
  }

  OwnerClient notifier() {
    return notifier;
  }
}
