package io.mutirao.gateway.core;

import java.time.Duration;
import java.util.Set;

/** Everything that is expected to go wrong. Each dialect renders all of it, in one switch. */
public sealed interface Problem {

  /** The request is not JSON, or not an object. */
  record Malformed(String why) implements Problem {}

  /**
   * A field is missing, of a wrong type or of a value that is not allowed.
   *
   * @param message names the field and what was expected
   */
  record Invalid(String message) implements Problem {}

  record UnknownJob(long id) implements Problem {}

  record UnknownRun(long id) implements Problem {}

  /** The run that an idempotency token stood for was deleted. */
  record TokenOfDeletedRun() implements Problem {}

  /** The owner of the job or run could not carry the command out, whoever asks and whenever. */
  record NotCarriedOut(String why) implements Problem {}

  /** What was asked is possible only of a run that is over. */
  record RunIsActive(long id) implements Problem {}

  /** Somebody else changed it at the same time; whoever asks again may succeed. */
  record Conflict(String why) implements Problem {}

  /** There are as many as there may be. */
  record QuotaReached(String why) implements Problem {}

  /**
   * There are as many at the same time, or within some time, as there may be; later there is room.
   */
  record LimitReached(String why, Duration retryAfter) implements Problem {}

  /** A page of a list that no answer named. */
  record NoSuchPage() implements Problem {}

  /**
   * The caller may not do that.
   *
   * @param why in words of the dialect, for a person
   */
  record Denied(String why) implements Problem {}

  /**
   * There is nothing of that name, id or path.
   *
   * @param message says what was looked for
   */
  record Missing(String message) implements Problem {}

  /**
   * There is something already where there may be only one.
   *
   * @param message says what and where
   */
  record Taken(String message) implements Problem {}

  record TooLarge(String message) implements Problem {}

  record NoCredentials() implements Problem {}

  record WrongCredentials() implements Problem {}

  record NoEndpoint(String method, String path) implements Problem {}

  record WrongMethod(String method, String path, Set<String> allowed) implements Problem {}

  /**
   * Nothing happened, for certain, and asking again is safe.
   *
   * @param what is away or busy, for a person
   */
  record Away(String what, Duration retryAfter) implements Problem {

    public static Away forASecond(String what) {
      return new Away(what, Duration.ofSeconds(1));
    }
  }

  /** The command was produced, but no answer came: it may have been carried out, or may yet be. */
  record Unanswered(Duration waited) implements Problem {}

  /**
   * A bug of ours.
   *
   * @param reference what to look for in the log
   */
  record Bug(String reference) implements Problem {}
}
