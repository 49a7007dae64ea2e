package io.mutirao.worker.runner.noop;

import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Runner;

/** Succeeds at once. */
public final class NoopRunner implements Runner<NoopRunner.Spec> {

  /** Nothing is to be told. */
  public record Spec() {}

  private static final Plan DONE = new Plan.Done();

  @Override
  public String kind() {
    return "noop";
  }

  @Override
  public Class<Spec> spec() {
    return Spec.class;
  }

  @Override
  public boolean instant() {
    return true;
  }

  @Override
  public Plan plan(Spec spec, Attempt attempt) {
    return DONE;
  }
}
