package io.mutirao.gateway.http;

import io.mutirao.gateway.access.Authentication;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import io.mutirao.gateway.http.Dialect.Endpoint;
import io.mutirao.gateway.http.Dialect.Takes;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The way of every request: credentials, body, then on a virtual thread parameters and the
 * dialect's handler; whatever goes wrong leaves in the dialect's own error format.
 *
 * <p>Routes of Vert.x and not JAX-RS: bodies count as JSON under any content type, a GET may have
 * one, and too much is refused before it is read.
 */
@Singleton
public final class FrontDoor {

  /** The largest request (Jobs API 2.0, introduction). */
  static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  /** How long we go on listening to somebody whom we have refused, so that he hears it. */
  private static final long HEAR_OUT_MILLIS = 2_000;

  /** Who takes no byte for so long is gone. */
  private static final Duration SLOWEST = Duration.ofSeconds(60);

  /** Who asks where nobody has to say who asks. */
  private static final User NOBODY = new User("", Set.of(), false);

  private static final Logger log = Logger.getLogger(FrontDoor.class);

  private final Authentication authentication;
  private final Vertx vertx;
  private final HeldBytes held;
  private final long largestImport;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  FrontDoor(Authentication authentication, HeldBytes held, ImportConfig imports, Vertx vertx) {
    this.held = held;
    this.largestImport = imports.limit().asLongValue();
    this.authentication = authentication;
    this.vertx = vertx;
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
    HttpServerRequest request = context.request();
    String path = String.valueOf(request.path());
    longestRootFirst.stream()
        .filter(dialect -> path.startsWith(dialect.root()))
        .findFirst()
        .ifPresentOrElse(
            dialect ->
                refuse(
                    dialect,
                    request,
                    new Problem.Malformed(
                        "The path is not valid: each % is followed by two hexadecimal digits.")),
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
    HttpServerRequest request = context.request();
    Optional<User> user;
    try {
      user =
          endpoint.open()
              ? Optional.of(NOBODY)
              : authentication.knownUser(request.getHeader("Authorization"));
    } catch (Rejected e) {
      refuse(dialect, request, e.problem());
      return;
    }
    if (user.isPresent()) {
      letIn(dialect, endpoint, context, user.get());
      return;
    }
    request.pause();
    Context eventLoop = vertx.getOrCreateContext();
    Consumer<Runnable> goOn = how -> eventLoop.runOnContext(_ -> how.run());
    threads.execute(() -> ask(dialect, endpoint, context, goOn));
  }

  private void ask(
      Dialect dialect, Endpoint endpoint, RoutingContext context, Consumer<Runnable> goOn) {
    HttpServerRequest request = context.request();
    try {
      User user = authentication.askedUser(request.getHeader("Authorization"));
      goOn.accept(() -> letIn(dialect, endpoint, context, user));
    } catch (Rejected e) {
      goOn.accept(() -> refuse(dialect, request, e.problem()));
    } catch (RuntimeException e) {
      Problem bug = bug(endpoint, e);
      goOn.accept(() -> refuse(dialect, request, bug));
    }
  }

  private void letIn(Dialect dialect, Endpoint endpoint, RoutingContext context, User user) {
    HttpServerRequest request = context.request();
    Caller caller = new Caller(user, TraceContext.of(request.getHeader("traceparent")));
    new Taken(dialect, endpoint, context, caller).takeBody();
  }

  private static Problem bug(Endpoint endpoint, Throwable e) {
    String reference = UUID.randomUUID().toString();
    log.errorf(
        e,
        "%s %s failed through a bug of ours; its caller was told reference=%s",
        endpoint.method(),
        endpoint.path(),
        reference);
    return new Problem.Bug(reference);
  }

  private void wrongMethod(Dialect dialect, RoutingContext context, Set<String> allowed) {
    HttpServerRequest request = context.request();
    refuse(
        dialect,
        request,
        new Problem.WrongMethod(request.method().name(), String.valueOf(request.path()), allowed));
  }

  private void nothingThere(Dialect dialect, RoutingContext context) {
    HttpServerRequest request = context.request();
    refuse(
        dialect,
        request,
        new Problem.NoEndpoint(request.method().name(), String.valueOf(request.path())));
  }

  /** Answers at once, whatever else the client still sends, and listens on for a little while. */
  private void refuse(Dialect dialect, HttpServerRequest request, Problem problem) {
    write(request.response(), dialect.render(problem));
    hearOut(request);
  }

  private void hearOut(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(_ -> {});
      request.resume();
      vertx.setTimer(HEAR_OUT_MILLIS, _ -> hangUp(request));
    }
  }

  private static void hangUp(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }

  private static void write(HttpServerResponse response, Answer answer) {
    if (response.ended() || response.closed()) {
      log.debug("The client was gone before the answer");
      return;
    }
    head(response, answer).end(Buffer.buffer(answer.body()));
  }

  private static HttpServerResponse head(HttpServerResponse response, Answer answer) {
    response.setStatusCode(answer.status()).putHeader("Content-Type", "application/json");
    answer.headers().forEach(response::putHeader);
    return response;
  }

  /** Waits until what was written has left, so that nobody writes faster than is read. */
  private static void room(Future<Void> written) throws IOException, InterruptedException {
    try {
      written.toCompletionStage().toCompletableFuture().get(SLOWEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the client does not read on", e);
    }
  }

  /** What is asked, once it can be read. */
  private interface Asked {
    Call call() throws Rejected;
  }

  /** A request that has been let in. */
  private final class Taken {

    private final Dialect dialect;
    private final Endpoint endpoint;
    private final HttpServerRequest request;
    private final Map<String, String> parts;
    private final String path;
    private final Caller caller;
    private final Hold hold = new Hold(held);

    Taken(Dialect dialect, Endpoint endpoint, RoutingContext context, Caller caller) {
      this.dialect = dialect;
      this.endpoint = endpoint;
      this.request = context.request();
      this.parts = Map.copyOf(context.pathParams());
      this.path = context.normalizedPath();
      this.caller = caller;
    }

    /** On the event loop. */
    void takeBody() {
      if (endpoint.takes() == Takes.BYTES || isForm()) {
        takeAsItArrives();
        return;
      }
      new RequestBody(
              vertx,
              request,
              hold,
              bytes -> threads.execute(() -> carryOut(() -> call(fields(bytes), Map.of()))),
              problem -> refuse(dialect, request, problem))
          .take();
      request.resume();
    }

    private boolean isForm() {
      return endpoint.takes() == Takes.FORM && RequestForm.isOne(request.getHeader("Content-Type"));
    }

    /** The handler begins before the body has ended. */
    private void takeAsItArrives() {
      if (RequestBody.saidLength(request) > largestImport) {
        refuse(dialect, request, RequestBody.tooLarge(largestImport));
      } else if (!hold.take(Arriving.HELD_BYTES)) {
        hold.release();
        refuse(dialect, request, Hold.busy());
      } else {
        Context eventLoop = vertx.getOrCreateContext();
        Arriving body = new Arriving(request, eventLoop, largestImport);
        body.begin();
        threads.execute(() -> {
          if (isForm()) {
            carryOutForm(body);
          } else {
            Map<String, Sent> sent = Map.of(Call.BODY, new Sent(body, hold));
            carryOut(() -> call(Fields.ofText(RequestJson.query(query())), sent));
          }
          eventLoop.runOnContext(_ -> hearOut(request));
        });
      }
    }

    private void carryOutForm(Arriving body) {
      try (RequestForm form =
          new RequestForm(String.valueOf(request.getHeader("Content-Type")), hold)) {
        carryOut(() -> {
          form.read(body);
          return call(Fields.ofText(form.texts()), form.files());
        });
      } catch (Rejected e) {
        carryOut(() -> {
          throw e;
        });
      }
    }

    private void carryOut(Asked asked) {
      try {
        Answer answer = answer(asked);
        Stream stream = answer.stream();
        if (stream == null) {
          write(request.response(), answer);
        } else {
          pour(request.response(), answer, stream);
        }
      } finally {
        hold.release();
      }
    }

    private void pour(HttpServerResponse response, Answer answer, Stream stream) {
      head(response, answer).setChunked(true);
      try {
        stream.write(piece -> room(response.write(Buffer.buffer(piece))));
        response.end();
      } catch (IOException | InterruptedException e) {
        log.debugf("A client went before the end of %s: %s", endpoint.path(), e);
        request.connection().close();
      } catch (Rejected | RuntimeException e) {
        log.warnf(e, "%s could not be answered to its end", endpoint.path());
        request.connection().close();
      }
    }

    private Answer answer(Asked asked) {
      try {
        return endpoint.handler().answer(asked.call());
      } catch (Rejected e) {
        return dialect.render(e.problem());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        return dialect.render(bug(endpoint, e));
      }
    }

    private Call call(Fields in, Map<String, Sent> files) throws Rejected {
      return new Call(caller, in, base(), decodedParts(), files, headers());
    }

    private Map<String, String> headers() {
      Map<String, String> headers = new HashMap<>();
      for (String name : Call.HEADERS) {
        String value = request.getHeader(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      return headers;
    }

    private Fields fields(byte[] bytes) throws Rejected {
      String query = query();
      return asksOnly() && (bytes.length == 0 || !query.isEmpty())
          ? Fields.ofText(RequestJson.query(query))
          : Fields.of(RequestJson.object(bytes));
    }

    private String query() {
      return request.query() == null ? "" : request.query();
    }

    /** Whether the parameters may stand in the query. */
    private boolean asksOnly() {
      return endpoint.method().equals("GET") || endpoint.method().equals("DELETE");
    }

    /** The rest of a path is taken as it was sent: with %2F for a slash, as some clients write. */
    private Map<String, String> decodedParts() throws Rejected {
      if (!endpoint.path().endsWith("*")) {
        return parts;
      }
      int rest = endpoint.path().length() - 1;
      try {
        String raw = path.length() > rest ? path.substring(rest) : "";
        return Map.of("*", QueryStringDecoder.decodeComponent(raw.replace("+", "%2B")));
      } catch (IllegalArgumentException e) {
        throw new Rejected(new Problem.Malformed("The path is not valid: " + e.getMessage()));
      }
    }

    private String base() {
      var authority = request.authority();
      return request.scheme() + "://" + (authority == null ? "localhost" : authority.toString());
    }
  }
}
