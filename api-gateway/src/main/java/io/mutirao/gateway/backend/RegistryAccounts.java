package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.NewToken;
import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.contracts.access.TokenView;
import io.mutirao.contracts.access.UserView;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users, groups and tokens, as the registry owns them. */
@Singleton
final class RegistryAccounts implements Accounts {

  private final Owners owners;

  RegistryAccounts(Owners owners) {
    this.owners = owners;
  }

  private record UserList(List<UserView> users) {}

  private record Former(Set<String> names) {}

  private record GroupList(List<GroupView> groups) {}

  private record TokenList(List<TokenView> tokens) {}

  @Override
  public Optional<TokenHolder> holder(String hash) throws Rejected {
    return owners.registry().get("/tokens/holder/" + hash, TokenHolder.class);
  }

  @Override
  public List<UserView> users() throws Rejected {
    return owners.registry().get("/users", UserList.class).map(UserList::users).orElse(List.of());
  }

  @Override
  public Optional<UserView> user(long id) throws Rejected {
    return owners.registry().get("/users/" + id, UserView.class);
  }

  @Override
  public Optional<UserView> userNamed(String name) throws Rejected {
    return owners
        .registry()
        .get("/users?name=" + encoded(name), UserList.class)
        .flatMap(list -> list.users().stream().findFirst());
  }

  @Override
  public UserView saveUser(UserView user) throws Rejected {
    return owners
        .registry()
        .put("/users/" + user.id(), user, UserView.class)
        .orElseThrow(() -> missing("User " + user.name()));
  }

  @Override
  public void deleteUser(long id) throws Rejected {
    owners.registry().delete("/users/" + id);
  }

  @Override
  public Set<String> formerUsers() throws Rejected {
    return owners.registry().get("/users/former", Former.class).map(Former::names).orElse(Set.of());
  }

  @Override
  public List<GroupView> groups() throws Rejected {
    return owners
        .registry()
        .get("/groups", GroupList.class)
        .map(GroupList::groups)
        .orElse(List.of());
  }

  @Override
  public Optional<GroupView> group(long id) throws Rejected {
    return owners.registry().get("/groups/" + id, GroupView.class);
  }

  @Override
  public GroupView saveGroup(GroupView group) throws Rejected {
    return owners
        .registry()
        .put("/groups/" + group.id(), group, GroupView.class)
        .orElseThrow(() -> missing("Group " + group.name()));
  }

  @Override
  public void deleteGroup(long id) throws Rejected {
    owners.registry().delete("/groups/" + id);
  }

  @Override
  public List<TokenView> tokens(@Nullable String user) throws Rejected {
    return owners
        .registry()
        .get(user == null ? "/tokens" : "/tokens?user=" + encoded(user), TokenList.class)
        .map(TokenList::tokens)
        .orElse(List.of());
  }

  @Override
  public TokenView saveToken(NewToken token) throws Rejected {
    return owners
        .registry()
        .put("/tokens/" + token.id(), token, TokenView.class)
        .orElseThrow(() -> missing("User " + token.user()));
  }

  @Override
  public Optional<TokenView> token(String id) throws Rejected {
    return owners.registry().get("/tokens/" + encoded(id), TokenView.class);
  }

  @Override
  public void deleteToken(String id) throws Rejected {
    owners.registry().delete("/tokens/" + encoded(id));
  }

  private static Rejected missing(String what) {
    return new Rejected(new Problem.Missing(what + " does not exist."));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
