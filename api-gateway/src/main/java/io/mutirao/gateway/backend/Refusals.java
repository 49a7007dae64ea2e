package io.mutirao.gateway.backend;

import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;

/** An owner's refusal as a problem of the caller's. */
final class Refusals {

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
      case INVALID,
          VERSION_CHANGED,
          RUN_IS_ACTIVE,
          STALE_REPAIR,
          WORKSPACE_LIMIT,
          CREATE_RATE,
          JOB_QUOTA,
          UNPROCESSABLE ->
          new Problem.NotCarriedOut(refused.message());
    };
  }

  private Refusals() {}
}
