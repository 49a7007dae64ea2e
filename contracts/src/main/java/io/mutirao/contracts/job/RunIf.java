package io.mutirao.contracts.job;

/** When a task runs, by how its upstream tasks ended (Jobs API 2.1, run_if). */
public enum RunIf {
  ALL_SUCCESS,
  AT_LEAST_ONE_SUCCESS,
  NONE_FAILED,
  ALL_DONE,
  AT_LEAST_ONE_FAILED,
  ALL_FAILED
}
