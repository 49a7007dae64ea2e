package io.mutirao.gateway.backend;

import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import java.time.Duration;

/** An owner's refusal as a problem of the caller's. */
final class Refusals {

  /** A limit on what runs at a time, or in an hour, is worth a little patience. */
  private static final Duration LIMIT_RETRY_AFTER = Duration.ofSeconds(5);

  /** The acceptance, or the refusal thrown. */
  static Accepted accepted(Reply reply, long id) throws Rejected {
    return switch (reply) {
      case Accepted accepted -> accepted;
      case Refused refused -> throw new Rejected(problem(refused, id));
    };
  }

  private static Problem problem(Refused refused, long id) {
    return switch (refused.reason()) {
      case UNKNOWN_JOB -> new Problem.UnknownJob(id);
      case UNKNOWN_RUN -> new Problem.UnknownRun(id);
      case TOKEN_OF_DELETED_RUN -> new Problem.TokenOfDeletedRun();
      case RUN_IS_ACTIVE -> new Problem.RunIsActive(id);
      case VERSION_CHANGED -> new Problem.Conflict(refused.message());
      case WORKSPACE_LIMIT, CREATE_RATE ->
          new Problem.LimitReached(refused.message(), LIMIT_RETRY_AFTER);
      case JOB_QUOTA -> new Problem.QuotaReached(refused.message());
      case INVALID, STALE_REPAIR, UNPROCESSABLE -> new Problem.NotCarriedOut(refused.message());
    };
  }

  private Refusals() {}
}
