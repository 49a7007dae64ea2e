package io.mutirao.registry.access;

import io.mutirao.contracts.access.NewToken;
import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.contracts.access.TokenView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens in PostgreSQL, found by their hash. */
final class TokenStore {

  private static final String HOLDER =
      """
      select users.name, token.expires_at,
             array(select groups.name from group_member join groups using (group_id)
                    where group_member.user_id = users.user_id)
        from token join users on users.user_id = token.user_id
       where token.hash = decode(?, 'hex') and users.active
         and (token.expires_at is null or token.expires_at > now())
      """;

  private static final String SAVE =
      """
      insert into token (token_id, hash, user_id, created_by, comment, created_at, expires_at)
      select ?, decode(?, 'hex'), user_id, ?, ?, ?, ? from users where lower(name) = lower(?)
      on conflict (token_id) do nothing
      """;

  private static final String VIEW =
      """
      select token_id, users.name, users.user_id, created_by, comment, token.created_at, expires_at
        from token join users on users.user_id = token.user_id
       where (expires_at is null or expires_at > now()) and %s
       order by token.created_at, token_id
      """;

  private static final String OUTLIVED =
      "delete from token where expires_at < now() - interval '1 day'";

  static Optional<TokenHolder> holder(Connection db, String hash) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(HOLDER)) {
      find.setString(1, hash);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new TokenHolder(
                    rows.getString(1),
                    Set.of((String[]) rows.getArray(3).getArray()),
                    instant(rows, 2)))
            : Optional.empty();
      }
    }
  }

  /** Nothing is kept when there is no such user. */
  static void save(Connection db, NewToken token) throws SQLException {
    try (PreparedStatement save = db.prepareStatement(SAVE);
        PreparedStatement outlived = db.prepareStatement(OUTLIVED)) {
      save.setString(1, token.id());
      save.setString(2, token.hash());
      save.setString(3, token.by());
      save.setString(4, token.comment());
      save.setObject(5, time(token.createdAt()));
      save.setObject(6, time(token.expiresAt()));
      save.setString(7, token.user());
      save.executeUpdate();
      outlived.executeUpdate();
    }
  }

  static Optional<TokenView> find(Connection db, String id) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(VIEW.formatted("token_id = ?"))) {
      find.setString(1, id);
      return read(find).stream().findFirst();
    }
  }

  static List<TokenView> of(Connection db, String user) throws SQLException {
    try (PreparedStatement of = db.prepareStatement(VIEW.formatted("users.name = ?"))) {
      of.setString(1, user);
      return read(of);
    }
  }

  static List<TokenView> all(Connection db) throws SQLException {
    try (PreparedStatement all = db.prepareStatement(VIEW.formatted("true"))) {
      return read(all);
    }
  }

  static void delete(Connection db, String id) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement("delete from token where token_id = ?")) {
      delete.setString(1, id);
      delete.executeUpdate();
    }
  }

  private static List<TokenView> read(PreparedStatement query) throws SQLException {
    List<TokenView> tokens = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        tokens.add(
            new TokenView(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                rows.getString(4),
                rows.getString(5),
                rows.getObject(6, OffsetDateTime.class).toInstant(),
                instant(rows, 7)));
      }
    }
    return tokens;
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private TokenStore() {}
}
