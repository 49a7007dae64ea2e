package io.mutirao.gateway.core;

/**
 * Carries a {@link Problem} out of nested calls. Checked, so that nobody forgets that a request may
 * be refused; without a stack trace, for it tells of the request and not of the code.
 */
public final class Rejected extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Rejected(Problem problem) {
    super(problem.toString(), null, false, false);
    this.problem = problem;
  }

  /** A field that is not as it must be. */
  public static Rejected field(String name, String expected) {
    return invalid(name + ": " + expected);
  }

  public static Rejected invalid(String message) {
    return new Rejected(new Problem.Invalid(message));
  }

  public Problem problem() {
    return problem;
  }
}
