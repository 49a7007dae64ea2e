package io.mutirao.contracts.run;

/** Why something ended as it did: one stable code for API, log and metric. */
public enum Cause {
  /** It did what it was to do. */
  DONE,
  /** Its own program failed. */
  TASK_FAILED,
  WORKER_LOST,
  /** A worker had claimed it and did not dare to start it; another attempt follows. */
  NOT_STARTED,
  CANCELED_BY_USER,
  JOB_DELETED,
  TIMED_OUT,
  /** As many runs of the job are active as it allows. */
  JOB_LIMIT,
  /** As many tasks are active in the whole installation as are allowed. */
  WORKSPACE_LIMIT,
  /** It waited for longer than is allowed. */
  QUEUED_TOO_LONG,
  /** What it waited for ended in such a way that it does not run. */
  UPSTREAM,
  /** It cannot be carried out as it is configured. */
  INVALID_CONFIGURATION,
  /** What it names is not there. */
  RESOURCE_NOT_FOUND,
  LIBRARY_NOT_INSTALLED,
  /** The service failed. */
  INTERNAL
}
