package io.mutirao.contracts.reply;

/** Why a command was refused: one stable code for API, log and metric. */
public enum Refusal {
  UNKNOWN_JOB,
  UNKNOWN_RUN,
  /** The run that the idempotency token stood for was deleted. */
  TOKEN_OF_DELETED_RUN,
  /** The command says what cannot be, or does not fit the job or the run that it names. */
  INVALID,
  /** The job was changed since the caller looked at it. */
  VERSION_CHANGED,
  /** Only of a run that is over. */
  RUN_IS_ACTIVE,
  /** The run was repaired since the caller looked at it. */
  STALE_REPAIR,
  /** As many tasks are active in the whole installation as are allowed; later there is room. */
  WORKSPACE_LIMIT,
  /** As many jobs were created within the hour as are allowed; later there is room. */
  CREATE_RATE,
  /** As many jobs are saved as are allowed. */
  JOB_QUOTA,
  /** The command could not be carried out and went to the dead letters. */
  UNPROCESSABLE
}
