package io.mutirao.notifier.channel;

import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Refused;
import io.mutirao.notifier.channel.Outcome.Sent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Posts to targets that we do not trust. The address is looked up and checked here and then
 * connected to as it is, so that a name cannot become another address in between; redirects are not
 * followed, and of the answer only a little is read.
 */
final class HttpDoor {

  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final HttpClient client;
  private final Names names;
  private final boolean allowPrivate;
  private final Duration timeout;

  HttpDoor(Vertx vertx, ChannelConfig.Webhook config) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(30)
                .setTracingPolicy(TracingPolicy.IGNORE),
            // Of one target no more than this are sent at a time: see Allowance.
            new PoolOptions().setHttp1MaxSize(128));
    this.names = new Names(config.timeout());
    this.allowPrivate = config.allowPrivate();
    this.timeout = config.timeout();
  }

  Outcome post(HttpCall call, Instant now) throws InterruptedException {
    long started = System.nanoTime();
    InetAddress address;
    try {
      String host = host(call.url());
      List<InetAddress> found = names.addresses(host);
      Optional<InetAddress> public_ =
          found.stream().filter(a -> allowPrivate || !PrivateNetworks.contains(a)).findFirst();
      if (public_.isEmpty()) {
        return new Refused(
            host
                + " is inside this machine or a private network ("
                + found.getFirst().getHostAddress()
                + "); MUTIRAO_WEBHOOK_ALLOW_PRIVATE=true allows that");
      }
      address = public_.get();
    } catch (UnknownHostException e) {
      return NotNow.silent("no address is known for " + e.getMessage());
    } catch (TimeoutException e) {
      return NotNow.silent("its name could not be looked up within " + words(timeout));
    }
    return send(call, address, now, timeout.minusNanos(System.nanoTime() - started));
  }

  private Outcome send(HttpCall call, InetAddress address, Instant now, Duration left)
      throws InterruptedException {
    AtomicReference<HttpClientRequest> open = new AtomicReference<>();
    Future<Outcome> outcome =
        client
            .request(options(call, address))
            .compose(request -> {
              open.set(request);
              // Nested: whoever takes the answer must stand there before it can come.
              return request.send(call.body()).compose(response -> judged(response, now));
            });
    try {
      return outcome
          .toCompletionStage()
          .toCompletableFuture()
          .get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      HttpClientRequest request = open.get();
      if (request != null) {
        request.reset();
      }
      return NotNow.silent("no answer within " + words(timeout));
    } catch (ExecutionException e) {
      // The client has a clock of its own for the same time.
      return NotNow.silent(
          e.getCause() instanceof TimeoutException
              ? "no answer within " + words(timeout)
              : "no connection: " + reason(e));
    }
  }

  private RequestOptions options(HttpCall call, InetAddress address) {
    URI url = call.url();
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
            // The certificate is checked against the name, though the address is connected to.
            .setHost(host(url))
            .setPort(port)
            .setSsl(tls)
            .setFollowRedirects(false)
            .setIdleTimeout(timeout.toMillis())
            .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    options.putHeader("Content-Type", "application/json");
    options.putHeader("User-Agent", "Mutirao");
    call.headers().forEach(options::putHeader);
    return options;
  }

  private static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Future<Outcome> judged(HttpClientResponse response, Instant now) {
    Outcome outcome = outcome(response.statusCode(), response.getHeader("Retry-After"), now);
    Promise<Outcome> read = Promise.promise();
    int[] bytes = {0};
    response.exceptionHandler(e -> read.tryComplete(outcome));
    response.endHandler(_ -> read.tryComplete(outcome));
    response.handler(chunk -> {
      bytes[0] += chunk.length();
      if (bytes[0] > MAX_ANSWER_BYTES) {
        read.tryComplete(outcome);
        response.request().reset();
      }
    });
    return read.future();
  }

  /** What a status means. */
  static Outcome outcome(int status, @Nullable String retryAfter, Instant now) {
    if (status / 100 == 2) {
      return new Sent();
    }
    boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
    return later
        ? new NotNow("status " + status, RetryAfter.read(retryAfter, now), false)
        : new Refused("status " + status + (status / 100 == 3 ? ", a redirect" : ""));
  }

  /** The last cause says which name the certificate has, or that nobody listens. */
  private static String reason(ExecutionException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String words(Duration time) {
    return time.toMillis() + " ms";
  }

  void close() {
    names.close();
    client.close();
  }
}
