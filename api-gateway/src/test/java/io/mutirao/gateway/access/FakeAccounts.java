package io.mutirao.gateway.access;

import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.NewToken;
import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.contracts.access.TokenView;
import io.mutirao.contracts.access.UserView;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts in memory, that can go away, and that count how often they were asked for a token. */
public final class FakeAccounts implements Accounts {

  static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  final Map<String, TokenHolder> holders = new HashMap<>();
  final Map<String, NewToken> tokens = new HashMap<>();
  volatile Set<String> former = Set.of();
  int asked;
  boolean away;
  Runnable whileAsked = () -> {};

  public void holds(String token, String user) {
    holders.put(TokenHash.text(TokenHash.of(token)), new TokenHolder(user, Set.of(), null));
  }

  @Override
  public Optional<TokenHolder> holder(String hash) throws Rejected {
    asked++;
    if (away) {
      throw new Rejected(Problem.Away.forASecond("The job registry is away"));
    }
    Optional<TokenHolder> holder = Optional.ofNullable(holders.get(hash));
    whileAsked.run();
    return holder;
  }

  @Override
  public Set<String> formerUsers() throws Rejected {
    asked++;
    if (away) {
      throw new Rejected(Problem.Away.forASecond("The job registry is away"));
    }
    Set<String> now = former;
    whileAsked.run();
    return now;
  }

  @Override
  public List<UserView> users() {
    return List.of();
  }

  @Override
  public Optional<UserView> user(long id) {
    return Optional.empty();
  }

  @Override
  public Optional<UserView> userNamed(String name) {
    return Optional.empty();
  }

  @Override
  public UserView saveUser(UserView user) {
    return user;
  }

  @Override
  public void deleteUser(long id) {}

  @Override
  public List<GroupView> groups() {
    return List.of();
  }

  @Override
  public Optional<GroupView> group(long id) {
    return Optional.empty();
  }

  @Override
  public GroupView saveGroup(GroupView group) {
    return group;
  }

  @Override
  public void deleteGroup(long id) {}

  @Override
  public List<TokenView> tokens(@Nullable String user) {
    return tokens.values().stream().map(FakeAccounts::view).toList();
  }

  @Override
  public TokenView saveToken(NewToken token) {
    tokens.put(token.id(), token);
    return view(token);
  }

  @Override
  public Optional<TokenView> token(String id) {
    return Optional.ofNullable(tokens.get(id)).map(FakeAccounts::view);
  }

  @Override
  public void deleteToken(String id) {
    NewToken token = tokens.remove(id);
    if (token != null) {
      holders.remove(token.hash());
    }
  }

  private static TokenView view(NewToken token) {
    return new TokenView(
        token.id(),
        token.user(),
        1,
        token.by(),
        token.comment(),
        token.createdAt(),
        token.expiresAt());
  }
}
