package io.mutirao.gateway.http;

import io.mutirao.gateway.access.Authentication;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import io.mutirao.gateway.http.Dialect.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Where every request comes in and shows its credentials, before it is a {@link Visit}; whatever
 * goes wrong leaves in the dialect's own error format.
 *
 * <p>Routes of Vert.x and not JAX-RS: bodies count as JSON under any content type, a GET may have
 * one, and too much is refused before it is read.
 */
@Singleton
public final class FrontDoor {

  /** The largest request (Jobs API 2.0, introduction). */
  static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  /** Who asks where nobody has to say who asks. */
  private static final User NOBODY = new User("", Set.of(), false);

  private final Authentication authentication;
  private final Vertx vertx;
  private final Visit.House house;

  FrontDoor(Authentication authentication, HeldBytes held, ImportConfig imports, Vertx vertx) {
    this.authentication = authentication;
    this.vertx = vertx;
    this.house =
        new Visit.House(
            held,
            imports.limit().asLongValue(),
            new Rendered(),
            Executors.newVirtualThreadPerTaskExecutor());
  }

  void open(@Observes Router router, Instance<Dialect> dialects) {
    open(router, dialects.stream().toList());
  }

  void open(Router router, List<Dialect> dialects) {
    List<Dialect> longestRootFirst =
        dialects.stream()
            .sorted(Comparator.comparingInt((Dialect d) -> d.root().length()).reversed())
            .toList();
    WholePaths whole = new WholePaths();
    router.route().handler(whole);
    longestRootFirst.forEach(dialect -> serve(dialect, whole, router));
    for (Dialect dialect : longestRootFirst) {
      String below = dialect.root().endsWith("/") ? dialect.root() + "*" : dialect.root() + "/*";
      router.route(below).last().handler(context -> nothingThere(dialect, context));
    }
    router.errorHandler(400, context -> unreadablePath(longestRootFirst, context));
  }

  /** The router takes a path apart before any dialect sees it. */
  private void unreadablePath(List<Dialect> longestRootFirst, RoutingContext context) {
    String path = String.valueOf(context.request().path());
    longestRootFirst.stream()
        .filter(dialect -> path.startsWith(dialect.root()))
        .findFirst()
        .ifPresentOrElse(
            dialect ->
                exchange(dialect, context)
                    .refuse(
                        new Problem.Malformed(
                            "The path is not valid: each % is followed by two hexadecimal"
                                + " digits.")),
            () -> context.response().setStatusCode(400).end());
  }

  private void serve(Dialect dialect, WholePaths whole, Router router) {
    Map<String, Map<String, Handler<RoutingContext>>> paths = new TreeMap<>();
    for (Endpoint endpoint : dialect.endpoints()) {
      paths
          .computeIfAbsent(endpoint.path(), _ -> new TreeMap<>())
          .put(endpoint.method(), context -> enter(dialect, endpoint, context));
    }
    paths.forEach((path, methods) -> {
      Handler<RoutingContext> otherwise =
          context -> wrongMethod(dialect, context, methods.keySet());
      if (WholePaths.isOne(path)) {
        whole.add(path, new WholePaths.Here(methods, otherwise));
      } else {
        methods.forEach(
            (method, handler) -> router.route(HttpMethod.valueOf(method), path).handler(handler));
        router.route(path).handler(otherwise);
      }
    });
  }

  /** On the event loop; whom nobody here knows is asked for elsewhere. */
  private void enter(Dialect dialect, Endpoint endpoint, RoutingContext context) {
    Exchange exchange = exchange(dialect, context);
    Optional<User> user;
    try {
      user =
          endpoint.open()
              ? Optional.of(NOBODY)
              : authentication.knownUser(credentials(exchange.request()));
    } catch (Rejected e) {
      exchange.refuse(e.problem());
      return;
    }
    if (user.isPresent()) {
      new Visit(house, exchange, endpoint, context, user.get()).begin();
      return;
    }
    exchange.request().pause();
    Context eventLoop = vertx.getOrCreateContext();
    house
        .threads()
        .execute(() -> {
          Runnable goOn = ask(exchange, endpoint, context);
          eventLoop.runOnContext(_ -> goOn.run());
        });
  }

  /** Returns what is then to be done on the event loop. */
  private Runnable ask(Exchange exchange, Endpoint endpoint, RoutingContext context) {
    try {
      User user = authentication.askedUser(credentials(exchange.request()));
      return () -> new Visit(house, exchange, endpoint, context, user).begin();
    } catch (Rejected e) {
      return () -> exchange.refuse(e.problem());
    } catch (RuntimeException e) {
      Problem bug = exchange.bug(e);
      return () -> exchange.refuse(bug);
    }
  }

  private static @Nullable String credentials(HttpServerRequest request) {
    return request.getHeader("Authorization");
  }

  private Exchange exchange(Dialect dialect, RoutingContext context) {
    return new Exchange(vertx, dialect, context.request());
  }

  private void wrongMethod(Dialect dialect, RoutingContext context, Set<String> allowed) {
    HttpServerRequest request = context.request();
    String path = String.valueOf(request.path());
    exchange(dialect, context)
        .refuse(new Problem.WrongMethod(request.method().name(), path, allowed));
  }

  private void nothingThere(Dialect dialect, RoutingContext context) {
    HttpServerRequest request = context.request();
    exchange(dialect, context)
        .refuse(new Problem.NoEndpoint(request.method().name(), String.valueOf(request.path())));
  }
}
