package io.mutirao.gateway.databricks.access;

import static io.mutirao.gateway.http.Dialect.Endpoint.delete;
import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.access.TokenView;
import io.mutirao.gateway.access.TokenDesk;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.gateway.http.Fields;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/2.0/token}: one's own tokens; {@code token-management}: everybody's. */
@Singleton
final class TokensResource implements Dialect {

  private static final String OWN = "/api/2.0/token/";
  private static final String ALL = "/api/2.0/token-management/";
  private static final int MAX_COMMENT = 1_000;

  /** Ten years: longer is for ever. */
  private static final int MAX_LIFETIME = 10 * 366 * 24 * 60 * 60;

  private final TokenDesk desk;

  TokensResource(TokenDesk desk) {
    this.desk = desk;
  }

  @Override
  public String root() {
    return "/api/2.0/token";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(OWN + "create", this::create),
        get(OWN + "list", this::list),
        post(OWN + "delete", this::revoke),
        post(ALL + "on-behalf-of/tokens", this::createForAnother),
        get(ALL + "tokens", this::listAll),
        get(ALL + "tokens/:token_id", this::getAny),
        delete(ALL + "tokens/:token_id", this::revokeAny));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer create(Call call) throws Rejected {
    Caller caller = call.caller();
    TokenDesk.Made made =
        desk.make(caller.user(), caller.who(), comment(call.in()), lifetime(call.in()));
    return Answer.ok(new TokenWire.Made(made.value(), TokenWire.of(made.token())));
  }

  private Answer list(Call call) throws Rejected {
    return Answer.ok(
        new TokenWire.All(desk.of(call.caller().who()).stream().map(TokenWire::of).toList()));
  }

  private Answer revoke(Call call) throws Rejected {
    desk.takeBack(token(call.in().text("token_id"), call.caller()));
    return Answer.ok(Map.of());
  }

  private Answer createForAnother(Call call) throws Rejected {
    requireAdministrator(call.caller());
    String user = call.in().text("application_id");
    TokenDesk.Made made =
        desk.make(user, call.caller().who(), comment(call.in()), lifetime(call.in()));
    return Answer.ok(new TokenWire.Made(made.value(), TokenWire.Managed.of(made.token())));
  }

  private Answer listAll(Call call) throws Rejected {
    requireAdministrator(call.caller());
    String by = call.in().optionalText("created_by_username");
    return Answer.ok(
        new TokenWire.All(
            desk.all().stream()
                .filter(token -> by == null || token.by().equals(by))
                .map(TokenWire.Managed::of)
                .toList()));
  }

  private Answer getAny(Call call) throws Rejected {
    requireAdministrator(call.caller());
    TokenView token = token(call.part("token_id"), call.caller());
    return Answer.ok(new TokenWire.One(TokenWire.Managed.of(token)));
  }

  private Answer revokeAny(Call call) throws Rejected {
    requireAdministrator(call.caller());
    desk.takeBack(token(call.part("token_id"), call.caller()));
    return Answer.ok(Map.of());
  }

  private TokenView token(String id, Caller caller) throws Rejected {
    return desk.find(id, caller.who())
        .orElseThrow(
            () -> new Rejected(new Problem.Missing("Token with ID " + id + " does not exist.")));
  }

  private static String comment(Fields in) throws Rejected {
    String comment = in.optionalText("comment");
    if (comment != null && comment.length() > MAX_COMMENT) {
      throw Rejected.field(
          "comment", "at most " + MAX_COMMENT + " characters, not " + comment.length());
    }
    return comment == null ? "" : comment;
  }

  private static @Nullable Duration lifetime(Fields in) throws Rejected {
    return in.has("lifetime_seconds")
        ? Duration.ofSeconds(in.whole("lifetime_seconds", 1, MAX_LIFETIME, 1))
        : null;
  }

  private static void requireAdministrator(Caller caller) throws Rejected {
    if (!caller.who().administrator()) {
      throw new Rejected(
          new Problem.Denied("Only administrators can manage the tokens of others."));
    }
  }
}
