package io.mutirao.registry.access;

import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.GroupView.Member;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups and who is in them, in PostgreSQL. */
final class GroupStore {

  private static final String VIEW =
      """
      select groups.group_id, groups.name, users.user_id, users.name
        from groups
        left join group_member on group_member.group_id = groups.group_id
        left join users on users.user_id = group_member.user_id
       where %s
       order by groups.group_id, users.user_id
      """;

  /** One statement, so that a group is never seen with half of its members. */
  private static final String SAVE =
      """
      with saved as (
        insert into groups (group_id, name) values (?, ?)
        on conflict (group_id) do update set name = excluded.name
        returning group_id
      ), gone as (
        delete from group_member where group_id = ? and user_id <> all (?)
      )
      insert into group_member (group_id, user_id)
      select saved.group_id, users.user_id from saved, users where users.user_id = any (?)
      on conflict do nothing
      """;

  static List<GroupView> all(Connection db) throws SQLException {
    try (PreparedStatement all = db.prepareStatement(VIEW.formatted("true"))) {
      return read(all);
    }
  }

  static Optional<GroupView> find(Connection db, long id) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(VIEW.formatted("groups.group_id = ?"))) {
      find.setLong(1, id);
      return read(find).stream().findFirst();
    }
  }

  static void save(Connection db, GroupView group) throws SQLException {
    Array members = SqlArray.of("bigint", group.members(), Member::id).in(db);
    try (PreparedStatement save = db.prepareStatement(SAVE)) {
      save.setLong(1, group.id());
      save.setString(2, group.name());
      save.setLong(3, group.id());
      save.setArray(4, members);
      save.setArray(5, members);
      save.executeUpdate();
    } catch (SQLException e) {
      Conflict.throwIfTaken(e, "There is a group " + group.name() + " already");
      throw e;
    }
  }

  static void delete(Connection db, long id) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement("delete from groups where group_id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  private static List<GroupView> read(PreparedStatement query) throws SQLException {
    List<GroupView> groups = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      List<Member> members = new ArrayList<>();
      while (rows.next()) {
        long id = rows.getLong(1);
        if (!groups.isEmpty() && groups.getLast().id() == id) {
          groups.removeLast();
        } else {
          members.clear();
        }
        String member = rows.getString(4);
        if (member != null) {
          members.add(new Member(rows.getLong(3), member));
        }
        groups.add(new GroupView(id, rows.getString(2), members));
      }
    }
    return groups;
  }

  private GroupStore() {}
}
