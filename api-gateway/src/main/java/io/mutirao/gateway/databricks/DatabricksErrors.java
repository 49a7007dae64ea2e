package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.http.Answer;

/**
 * Problems as Databricks words them. Clients match some messages: Terraform and the SDKs turn
 * {@code Job 1 does not exist.} into their own not-found.
 */
public final class DatabricksErrors {

  private static final String INVALID = "INVALID_PARAMETER_VALUE";

  public static Answer render(Problem problem) {
    return switch (problem) {
      case Problem.Malformed(var why) -> error(400, "MALFORMED_REQUEST", why);
      case Problem.Invalid(var message) -> error(400, INVALID, message);
      case Problem.UnknownJob(var id) -> error(400, INVALID, "Job " + id + " does not exist.");
      case Problem.UnknownRun(var id) -> error(400, INVALID, "Run " + id + " does not exist.");
      case Problem.TokenOfDeletedRun() ->
          error(400, INVALID, "The run with this idempotency_token was deleted.");
      case Problem.NotCarriedOut(var why) -> error(400, INVALID, why);
      case Problem.RunIsActive(var id) ->
          error(400, "INVALID_STATE", "Run " + id + " is active; only a run that is over will do.");
      case Problem.Conflict(var why) -> error(409, "ABORTED", why);
      case Problem.QuotaReached(var why) -> error(400, "QUOTA_EXCEEDED", why);
      case Problem.LimitReached(var why, var retryAfter) ->
          error(429, "REQUEST_LIMIT_EXCEEDED", why)
              .with("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())));
      case Problem.NoSuchPage() ->
          error(400, INVALID, "page_token: expected one that an answer gave");
      case Problem.Denied(var why) -> error(403, "PERMISSION_DENIED", why);
      case Problem.Missing(var message) -> error(404, "RESOURCE_DOES_NOT_EXIST", message);
      case Problem.Taken(var message) -> error(400, "RESOURCE_ALREADY_EXISTS", message);
      case Problem.TooLarge(var message) -> error(413, "MAX_REQUEST_SIZE_EXCEEDED", message);
      case Problem.NoCredentials() ->
          error(
                  401,
                  "UNAUTHENTICATED",
                  "Credentials are missing or not understood. Send the header 'Authorization:"
                      + " Bearer TOKEN', or Basic with the user 'token'.")
              .with("WWW-Authenticate", "Basic realm=\"mutirao\"");
      case Problem.WrongCredentials() -> error(403, "PERMISSION_DENIED", "Invalid access token.");
      case Problem.NoEndpoint(var method, var path) ->
          error(404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + path + "'");
      case Problem.WrongMethod(var method, var path, var allowed) ->
          error(
                  405,
                  "METHOD_NOT_ALLOWED",
                  path + " is called with " + String.join(", ", allowed) + ", not " + method)
              .with("Allow", String.join(", ", allowed));
      case Problem.Away(var what, var retryAfter) ->
          error(503, "TEMPORARILY_UNAVAILABLE", what + ". Nothing was changed; try again.")
              .with("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())));
      case Problem.Unanswered(var waited) ->
          error(
              504,
              "DEADLINE_EXCEEDED",
              "No answer within "
                  + waited.toSeconds()
                  + " s. The request may have been carried out, or may yet be; with an"
                  + " idempotency_token it is safe to send it again.");
      case Problem.Bug(var reference) ->
          error(500, "INTERNAL_ERROR", "The service failed; its log says why: " + reference);
    };
  }

  /** What only one of the APIs can answer. */
  public static Answer error(int status, String code, String message) {
    return Answer.json(status, new ErrorWire(code, message));
  }

  private DatabricksErrors() {}
}
