package io.mutirao.notifier.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import io.mutirao.notifier.channel.Parcel;
import io.mutirao.notifier.destination.DestinationStore;
import io.mutirao.notifier.notice.Announcement;
import io.mutirao.notifier.notice.Notice;
import io.mutirao.notifier.notice.Target;
import io.mutirao.notifier.notice.Target.Channel;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries in PostgreSQL, whose clock decides when they are due. */
public final class DeliveryStore {

  /**
   * Longer than any try takes, also to a slow mail server with many addresses; then another one may
   * begin. An instance that comes back does not wait for it: see {@link #release}.
   */
  static final Duration CLAIM = Duration.ofMinutes(5);

  private static final String ANNOUNCE =
      """
      insert into delivery (id, subject, channel, target, route, notice, event, job_id, run_id, task)
      select id, subject, channel, target, route, notice, event, job_id, run_id, task
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
          as told (id, subject, channel, target, route, notice, event, job_id, run_id, task, nth)
       order by nth
      on conflict (id) do nothing
      """;

  // now() and not clock_timestamp(): an index is looked up by it. From route to route by the index,
  // and of each no more than it may have on the way: the backlog
  // of one is never read to find what is due of another.
  private static final String CLAIM_DUE =
      """
      with recursive route (name) as (
        (select route from delivery where state = 'WAITING' order by route limit 1)
        union all
        select (select route from delivery
                 where state = 'WAITING' and route > route.name order by route limit 1)
          from route where route.name is not null
      ), due as (
        select found.id
          from route
          left join unnest(?, ?) as busy (name, free) on busy.name = route.name
         cross join lateral (
           select id from delivery d
            where d.state = 'WAITING' and d.route = route.name
              and d.next_try_at <= now()
              and not exists (
                select from delivery earlier
                 where earlier.state = 'WAITING' and earlier.subject = d.subject
                   and earlier.target = d.target and earlier.place < d.place)
            order by d.next_try_at
            limit coalesce(busy.free, ?)
              for update skip locked) found
         limit ?
      ), claimed as (
        update delivery
           set claimed_by = ?, tries = tries + 1,
               next_try_at = clock_timestamp() + ? * interval '1 millisecond'
          from due
         where delivery.id = due.id
        returning delivery.*
      )
      select claimed.id, claimed.subject, claimed.notice, claimed.channel, claimed.target,
             claimed.tries, claimed.first_at, clock_timestamp(),
      """
          + DestinationStore.COLUMNS
          + """

            from claimed
            left join destination
              on claimed.channel = 'DESTINATION' and destination.id = claimed.target
           order by claimed.place
          """;

  private static final String OVER =
      """
      update delivery
         set state = over.state, error = coalesce(over.error, delivery.error), claimed_by = null,
             ended_at = clock_timestamp()
        from unnest(?, ?, ?) as over (id, state, error)
       where delivery.id = over.id and delivery.state = 'WAITING'
      """;

  // Whatever waits behind it need not be looked at before.
  private static final String AGAIN =
      """
      with later as (
        update delivery
           set claimed_by = null, error = again.error,
               next_try_at = clock_timestamp() + again.millis * interval '1 millisecond'
          from unnest(?, ?, ?) as again (id, error, millis)
         where delivery.id = again.id and delivery.state = 'WAITING'
        returning delivery.subject, delivery.target, delivery.place, delivery.next_try_at
      )
      update delivery set next_try_at = later.next_try_at
        from later
       where delivery.state = 'WAITING' and delivery.subject = later.subject
         and delivery.target = later.target and delivery.place > later.place
         and delivery.next_try_at < later.next_try_at
      """;

  /** In the transaction of the batch that read of it; a repeat finds its row there. */
  public static void announce(LaneChanges changes, Collection<Announcement> told) {
    if (told.isEmpty()) {
      return;
    }
    changes.write(
        ANNOUNCE,
        SqlArray.of("text", told, Announcement::id),
        SqlArray.of("text", told, Announcement::subject),
        SqlArray.of("text", told, a -> a.target().channel()),
        SqlArray.of("text", told, a -> a.target().name()),
        SqlArray.of("text", told, a -> a.target().route()),
        SqlArray.of("json", told, a -> json(a.notice())),
        SqlArray.of("text", told, a -> a.notice().what()),
        SqlArray.of("bigint", told, a -> a.notice().job().value()),
        SqlArray.of("bigint", told, a -> runOf(a.notice())),
        SqlArray.of("text", told, a -> taskOf(a.notice())));
  }

  private static @Nullable Long runOf(Notice notice) {
    return notice.run() == null ? null : notice.run().value();
  }

  private static @Nullable String taskOf(Notice notice) {
    return notice.task() == null ? null : notice.task().replace('\0', '?');
  }

  /**
   * Takes what is due: the earliest of each subject and target, of each route as many as it may
   * have on the way.
   *
   * @param free of the routes that have some on the way, how many more they may have
   * @param most in all
   */
  static List<Claimed> claim(Connection db, String instance, Map<String, Integer> free, int most)
      throws SQLException {
    List<Claimed> claimed = new ArrayList<>();
    try (PreparedStatement claim = db.prepareStatement(CLAIM_DUE)) {
      claim.setArray(1, SqlArray.of("text", free.keySet(), name -> name).in(db));
      claim.setArray(2, SqlArray.of("int", free.values(), n -> n).in(db));
      claim.setInt(3, Allowance.FIRST);
      claim.setInt(4, most);
      claim.setString(5, instance);
      claim.setLong(6, CLAIM.toMillis());
      try (ResultSet rows = claim.executeQuery()) {
        while (rows.next()) {
          claimed.add(claimed(rows));
        }
      }
    }
    return claimed;
  }

  private static Claimed claimed(ResultSet row) throws SQLException {
    Instant now = row.getObject(8, OffsetDateTime.class).toInstant();
    Instant first = row.getObject(7, OffsetDateTime.class).toInstant();
    Parcel parcel =
        new Parcel(
            row.getString(1),
            row.getString(2),
            notice(row.getString(3)),
            new Target(Channel.valueOf(row.getString(4)), row.getString(5)),
            DestinationStore.read(row, 9),
            now);
    return new Claimed(parcel, row.getInt(6), Duration.between(first, now));
  }

  static void mark(Connection db, List<Tried> tried) throws SQLException {
    List<Tried> again = tried.stream().filter(t -> t.verdict() instanceof Verdict.Again).toList();
    List<Tried> over = tried.stream().filter(t -> !(t.verdict() instanceof Verdict.Again)).toList();
    if (!over.isEmpty()) {
      try (PreparedStatement mark = db.prepareStatement(OVER)) {
        mark.setArray(1, SqlArray.of("text", over, t -> t.claimed().parcel().id()).in(db));
        mark.setArray(2, SqlArray.of("text", over, t -> state(t.verdict())).in(db));
        mark.setArray(3, SqlArray.of("text", over, t -> why(t.verdict())).in(db));
        mark.executeUpdate();
      }
    }
    if (!again.isEmpty()) {
      try (PreparedStatement mark = db.prepareStatement(AGAIN)) {
        mark.setArray(1, SqlArray.of("text", again, t -> t.claimed().parcel().id()).in(db));
        mark.setArray(2, SqlArray.of("text", again, t -> why(t.verdict())).in(db));
        mark.setArray(3, SqlArray.of("bigint", again, t -> millis(t.verdict())).in(db));
        mark.executeUpdate();
      }
    }
  }

  private static String state(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Sent _ -> "SENT";
      case Verdict.GivenUp _ -> "FAILED";
      case Verdict.Again _ -> "WAITING";
    };
  }

  private static @Nullable String why(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Sent _ -> null;
      case Verdict.GivenUp(var why) -> why.replace('\0', '?');
      case Verdict.Again(_, var why) -> why.replace('\0', '?');
    };
  }

  private static @Nullable Long millis(Verdict verdict) {
    return verdict instanceof Verdict.Again(var after, _) ? after.toMillis() : null;
  }

  /** What this instance had begun when it ended: nobody tries it now, and it may have arrived. */
  static int release(Connection db, String instance) throws SQLException {
    String sql =
        """
        update delivery set claimed_by = null, next_try_at = clock_timestamp()
         where claimed_by = ?
        """;
    try (PreparedStatement release = db.prepareStatement(sql)) {
      release.setString(1, instance);
      return release.executeUpdate();
    }
  }

  /** Forgets what has been over for long; at most so many at a time. */
  static int clean(Connection db, Duration kept, int most) throws SQLException {
    String sql =
        """
        delete from delivery where id in (
          select id from delivery
           where state <> 'WAITING'
             and ended_at < clock_timestamp() - ? * interval '1 millisecond'
           order by ended_at limit ?)
        """;
    try (PreparedStatement clean = db.prepareStatement(sql)) {
      clean.setLong(1, kept.toMillis());
      clean.setInt(2, most);
      return clean.executeUpdate();
    }
  }

  private static String json(Notice notice) {
    try {
      return Codec.JSON.writeValueAsString(notice);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a notice that cannot be written is a bug", e);
    }
  }

  private static Notice notice(String json) {
    try {
      return Codec.JSON.readValue(json, Notice.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a stored notice cannot be read", e);
    }
  }

  private DeliveryStore() {}
}
