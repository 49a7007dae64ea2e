package io.mutirao.contracts.reply;

/** Why a command was refused: one stable code for API, log and metric. */
public enum Refusal {
  UNKNOWN_JOB,
  UNKNOWN_RUN,
  /** The run that the idempotency token stood for was deleted. */
  TOKEN_OF_DELETED_RUN,
  /** The command could not be carried out and went to the dead letters. */
  UNPROCESSABLE
}
