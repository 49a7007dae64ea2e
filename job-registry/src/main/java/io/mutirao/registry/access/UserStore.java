package io.mutirao.registry.access;

import io.mutirao.contracts.access.UserView;
import io.mutirao.contracts.access.UserView.GroupName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Users in PostgreSQL. */
final class UserStore {

  private static final String VIEW =
      """
      select users.user_id, users.name, display_name, active, created_at, groups.group_id, groups.name
        from users
        left join group_member on group_member.user_id = users.user_id
        left join groups on groups.group_id = group_member.group_id
       where %s
       order by users.user_id, groups.group_id
      """;

  /** The name stays: jobs and grants name it. */
  private static final String SAVE =
      """
      with come_again as (delete from former_user where name = lower(?))
      insert into users (user_id, name, display_name, active) values (?, ?, ?, ?)
      on conflict (user_id) do update
        set display_name = excluded.display_name, active = excluded.active
      """;

  static List<UserView> all(Connection db) throws SQLException {
    try (PreparedStatement all = db.prepareStatement(VIEW.formatted("true"))) {
      return read(all);
    }
  }

  static Optional<UserView> find(Connection db, long id) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(VIEW.formatted("users.user_id = ?"))) {
      find.setLong(1, id);
      return read(find).stream().findFirst();
    }
  }

  static Optional<UserView> named(Connection db, String name) throws SQLException {
    try (PreparedStatement find =
        db.prepareStatement(VIEW.formatted("lower(users.name) = lower(?)"))) {
      find.setString(1, name);
      return read(find).stream().findFirst();
    }
  }

  static void save(Connection db, UserView user) throws SQLException {
    try (PreparedStatement save = db.prepareStatement(SAVE)) {
      save.setString(1, user.name());
      save.setLong(2, user.id());
      save.setString(3, user.name());
      save.setString(4, user.displayName());
      save.setBoolean(5, user.active());
      save.executeUpdate();
    } catch (SQLException e) {
      Conflict.throwIfTaken(e, "There is a user " + user.name() + " already");
      throw e;
    }
  }

  private static final String DELETE =
      """
      with former as (delete from users where user_id = ? returning name)
      insert into former_user (name) select lower(name) from former
      on conflict do nothing
      """;

  /** Groups and tokens go with it; the name is remembered. */
  static void delete(Connection db, long id) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement(DELETE)) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  /** The names of those who were deleted, in small letters. */
  static List<String> former(Connection db) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement all = db.prepareStatement("select name from former_user order by name");
        ResultSet row = all.executeQuery()) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private static List<UserView> read(PreparedStatement query) throws SQLException {
    List<UserView> users = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      List<GroupName> groups = new ArrayList<>();
      while (rows.next()) {
        UserView user =
            new UserView(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getBoolean(4),
                List.of(),
                rows.getObject(5, OffsetDateTime.class).toInstant());
        if (!users.isEmpty() && users.getLast().id() == user.id()) {
          users.removeLast();
        } else {
          groups.clear();
        }
        String group = rows.getString(7);
        if (group != null) {
          groups.add(new GroupName(rows.getLong(6), group));
        }
        users.add(with(user, groups));
      }
    }
    return users;
  }

  private static UserView with(UserView user, List<GroupName> groups) {
    return new UserView(
        user.id(), user.name(), user.displayName(), user.active(), groups, user.createdAt());
  }

  private UserStore() {}
}
