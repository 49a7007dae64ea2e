package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import io.mutirao.gateway.http.Dialect.Endpoint;
import io.mutirao.gateway.http.Dialect.Takes;
import io.mutirao.gateway.http.Rendered.Asked;
import io.mutirao.gateway.http.Rendered.Written;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been let in: its body is taken on the event loop, its handler answers on a
 * virtual thread. What was answered before, and is still so, is answered again at once.
 */
final class Visit {

  private static final byte[] NO_BYTES = {};

  /**
   * What all visits share.
   *
   * @param largestImport bytes of a body that is taken as it arrives
   * @param threads virtual ones
   */
  record House(HeldBytes held, long largestImport, Rendered rendered, Executor threads) {}

  /** What is asked, once it can be read. */
  private interface Question {
    Call call() throws Rejected;
  }

  private final House house;
  private final Exchange exchange;
  private final Endpoint endpoint;
  private final HttpServerRequest request;
  private final RoutingContext context;
  private final User user;
  private final Hold hold;

  Visit(House house, Exchange exchange, Endpoint endpoint, RoutingContext context, User user) {
    this.house = house;
    this.exchange = exchange;
    this.endpoint = endpoint;
    this.request = exchange.request();
    this.context = context;
    this.user = user;
    this.hold = new Hold(house.held());
  }

  /** On the event loop. */
  void begin() {
    if (endpoint.takes() == Takes.BYTES || isForm()) {
      takeAsItArrives();
      return;
    }
    if (hasNoBody()) {
      answerWithoutBody();
    } else {
      new RequestBody(
              exchange.vertx(),
              request,
              hold,
              bytes -> carryOut(() -> call(fields(bytes), Map.of(), null)),
              exchange::refuse)
          .take();
    }
    request.resume();
  }

  private boolean isForm() {
    return endpoint.takes() == Takes.FORM && RequestForm.isOne(request.getHeader("Content-Type"));
  }

  /** Whether that is known from the head. */
  private boolean hasNoBody() {
    return request.version() != HttpVersion.HTTP_2
        && RequestBody.saidLength(request) == 0
        && request.getHeader("Transfer-Encoding") == null;
  }

  private void answerWithoutBody() {
    if (!endpoint.method().equals("GET")) {
      carryOut(() -> call(fields(NO_BYTES), Map.of(), null));
      return;
    }
    Asked asked = new Asked(user, base(), request.uri());
    Optional<Written> known = house.rendered().known(asked);
    if (known.isEmpty()) {
      carryOut(asked);
      return;
    }
    Answer answer = known.get().answer();
    known
        .get()
        .freshness()
        .ask(fresh -> {
          if (fresh) {
            exchange.answer(answer);
          } else {
            carryOut(asked);
          }
        });
  }

  private void carryOut(Asked asked) {
    carryOut(() -> call(fields(NO_BYTES), Map.of(), asked));
  }

  private void carryOut(Question question) {
    house.threads().execute(() -> carryOutHere(question));
  }

  /** The handler begins before the body has ended. */
  private void takeAsItArrives() {
    if (RequestBody.saidLength(request) > house.largestImport()) {
      exchange.refuse(RequestBody.tooLarge(house.largestImport()));
    } else if (!hold.take(Arriving.HELD_BYTES)) {
      hold.release();
      exchange.refuse(Hold.busy());
    } else {
      Context eventLoop = exchange.vertx().getOrCreateContext();
      Arriving body = new Arriving(request, eventLoop, house.largestImport());
      body.begin();
      house
          .threads()
          .execute(() -> {
            if (isForm()) {
              carryOutForm(body);
            } else {
              Map<String, Sent> sent = Map.of(Call.BODY, new Sent(body, hold));
              carryOutHere(() -> call(Fields.ofText(RequestJson.query(query())), sent, null));
            }
            eventLoop.runOnContext(_ -> exchange.hearOut());
          });
    }
  }

  private void carryOutForm(Arriving body) {
    try (RequestForm form =
        new RequestForm(String.valueOf(request.getHeader("Content-Type")), hold)) {
      carryOutHere(() -> {
        form.read(body);
        return call(Fields.ofText(form.texts()), form.files(), null);
      });
    } catch (Rejected e) {
      carryOutHere(() -> {
        throw e;
      });
    }
  }

  private void carryOutHere(Question question) {
    try {
      exchange.answer(answer(question));
    } finally {
      hold.release();
    }
  }

  private Answer answer(Question question) {
    try {
      return endpoint.handler().answer(question.call());
    } catch (Rejected e) {
      return exchange.dialect().render(e.problem());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return exchange.dialect().render(exchange.bug(e));
    }
  }

  /**
   * @param asked what the answer may be remembered by
   */
  private Call call(Fields in, Map<String, Sent> files, @Nullable Asked asked) throws Rejected {
    Caller caller = new Caller(user, TraceContext.of(request.getHeader("traceparent")));
    Call.Showing showing =
        asked == null
            ? (_, writing) -> writing.get()
            : (what, writing) -> house.rendered().of(asked, what, writing);
    return new Call(caller, in, base(), decodedParts(), files, headers(), showing);
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
      return context.pathParams();
    }
    int rest = endpoint.path().length() - 1;
    String path = context.normalizedPath();
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
