package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The lanes' SQL of answers that were given: to a command id, and for a token. */
final class AnswerStore {

  /**
   * What a token stands for.
   *
   * @param deleted the run was deleted since
   */
  record Token(RunId run, long numberInJob, boolean deleted) {}

  /** What was answered before, by command id, and what tokens stand for. */
  record Answers(Map<String, Reply> commands, Map<String, Token> tokens) {}

  /** Constraints that a command breaks which was answered before. */
  private static final Set<String> KNOWN_BY = Set.of("run_command_id_key", "kept_answer_pkey");

  private static final String FIND =
      """
      select 'command', command_id, run_id, number_in_job, false, null
        from run where command_id = any(?)
      union all
      select 'command', command_id, null, null, false, reply
        from kept_answer where command_id = any(?)
      union all
      select 'token', token, run_id, number_in_job, deleted, null
        from run_token where token = any(?)
      """;

  static Answers find(Connection db, Collection<String> commands, Collection<String> tokens)
      throws SQLException {
    Answers answers = new Answers(new HashMap<>(), new HashMap<>());
    if (commands.isEmpty()) {
      return answers;
    }
    try (PreparedStatement select = db.prepareStatement(FIND)) {
      SqlArray ids = SqlArray.of("text", commands, id -> id);
      select.setArray(1, ids.in(db));
      select.setArray(2, ids.in(db));
      select.setArray(3, SqlArray.of("text", tokens, token -> token).in(db));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          put(answers, row);
        }
      }
    }
    return answers;
  }

  private static void put(Answers answers, ResultSet row) throws SQLException {
    String id = row.getString(2);
    String reply = row.getString(6);
    if (reply != null) {
      answers.commands.put(id, Sql.read(reply, Reply.class));
    } else if (row.getString(1).equals("token")) {
      answers.tokens.put(
          id, new Token(new RunId(row.getLong(3)), row.getLong(4), row.getBoolean(5)));
    } else {
      answers.commands.put(id, Accepted.ofRun(id, new RunId(row.getLong(3)), row.getLong(4)));
    }
  }

  private static final String PRESUME_NEW =
      """
      insert into kept_answer (command_id, reply, keep_until)
      select command_id, reply, keep_until from kept_answer where command_id = any(?)
      """;

  /** The batch will fail by {@link #answeredBefore} if one of them was answered before. */
  static void presumeNew(LaneChanges changes, Collection<String> commands) {
    if (!commands.isEmpty()) {
      // That no run stands for them either is seen to by its own unique column.
      changes.write(PRESUME_NEW, SqlArray.of("text", commands, id -> id));
    }
  }

  /** Whether this is why a batch failed. */
  static boolean answeredBefore(SQLException e) {
    ServerErrorMessage said =
        e instanceof PSQLException database ? database.getServerErrorMessage() : null;
    String constraint = said == null ? null : said.getConstraint();
    return constraint != null && KNOWN_BY.contains(constraint);
  }

  private static final String ADD_TOKENS =
      "insert into run_token (token, run_id, number_in_job) select * from unnest(?, ?, ?)";

  static void addTokens(LaneChanges changes, Map<String, Token> tokens) {
    if (!tokens.isEmpty()) {
      changes.write(
          ADD_TOKENS,
          SqlArray.of("text", tokens.keySet(), token -> token),
          SqlArray.of("bigint", tokens.values(), token -> token.run().value()),
          SqlArray.of("bigint", tokens.values(), Token::numberInJob));
    }
  }

  private static final String KEEP =
      """
      delete from kept_answer where command_id in (
        select command_id from kept_answer where keep_until < clock_timestamp() limit 100);
      insert into kept_answer (command_id, reply, keep_until)
      select *, clock_timestamp() + interval '7 days' from unnest(?, ?)
      """;

  /** Keeps answers that no run stands for. */
  static void keep(LaneChanges changes, Collection<Reply> replies) {
    if (!replies.isEmpty()) {
      changes.write(
          KEEP,
          SqlArray.of("text", replies, Reply::command),
          SqlArray.of("json", replies, Sql::json));
    }
  }

  private AnswerStore() {}
}
