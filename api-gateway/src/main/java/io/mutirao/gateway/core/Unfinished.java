package io.mutirao.gateway.core;

import java.io.IOException;

/** What a caller sends does not come to its end: nothing of it may stay. */
public final class Unfinished extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Unfinished(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
