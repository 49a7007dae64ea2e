package io.mutirao.gateway.access;

import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Fate;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Pipelines;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.core.Unguarded;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The runs that carry out updates of pipelines, for whoever may use the pipeline: administrators
 * and its owner, whoever started them.
 */
@Singleton
public final class PipelineRuns {

  private static final Logger log = Logger.getLogger(PipelineRuns.class);

  private final Runs runs;
  private final Pipelines pipelines;

  /**
   * Where an update stands.
   *
   * @param result only when the phase is FINISHED, and then always
   */
  public record Standing(Phase phase, @Nullable Result result) {

    public boolean over() {
      return phase == Phase.FINISHED;
    }

    private static Standing ended(Result result) {
      return new Standing(Phase.FINISHED, result);
    }
  }

  PipelineRuns(@Unguarded Runs runs, Pipelines pipelines) {
    this.runs = runs;
    this.pipelines = pipelines;
  }

  public static boolean allows(User user, PipelineView pipeline) {
    return user.administrator() || pipeline.owner().equalsIgnoreCase(user.name());
  }

  public static void require(User user, PipelineView pipeline) throws Rejected {
    if (!allows(user, pipeline)) {
      throw new Rejected(
          new Problem.Denied(
              "User %s may not use pipeline %s; its owner and administrators may."
                  .formatted(user.name(), pipeline.id())));
    }
  }

  /** Starts the run of an update. */
  public void start(
      PipelineView pipeline, PipelineUpdate update, JobDefinition definition, Caller caller)
      throws Rejected {
    require(caller.who(), pipeline);
    var submission = new Runs.Submission(definition, List.of(), "pipeline-" + update.id());
    RunId run;
    try {
      run = runs.submit(submission, caller);
    } catch (Rejected e) {
      if (!(e.problem() instanceof Problem.Unanswered)) {
        pipelines.learn(update, new Fate(null, Result.ERROR)); // It has no run and gets none.
      }
      throw e;
    }
    try {
      pipelines.learn(update, new Fate(run, null));
    } catch (Rejected e) {
      log.warnf("Run %s of update %s tells of itself when it begins: %s", run, update.id(), e);
    }
  }

  /** Asks its run, unless it was seen to be over before. */
  public Standing standing(PipelineView pipeline, PipelineUpdate update, Caller caller)
      throws Rejected {
    require(caller.who(), pipeline);
    Result known = update.result();
    if (known != null) {
      return Standing.ended(known);
    }
    if (update.run() == null) {
      return update.lost() ? Standing.ended(Result.ERROR) : new Standing(Phase.PENDING, null);
    }
    Standing found = ofRun(update, caller);
    if (found.over()) {
      pipelines.learn(update, new Fate(null, found.result()));
    }
    return found;
  }

  private Standing ofRun(PipelineUpdate update, Caller caller) throws Rejected {
    RunView run = run(update, caller);
    if (run == null || update.run() == null) {
      return Standing.ended(Result.ERROR); // Nobody looked before its run was deleted.
    }
    RunView.TaskRun task = run.taskOf(update.run().value());
    return task == null || run.phase() == Phase.QUEUED
        ? new Standing(run.phase(), run.result())
        : new Standing(task.phase(), task.result());
  }

  /** Asks its run to end; returns when the wish is recorded. */
  public void stop(PipelineView pipeline, PipelineUpdate update, Caller caller) throws Rejected {
    require(caller.who(), pipeline);
    RunView run = run(update, caller);
    if (run != null) {
      runs.cancel(run.run(), caller);
    }
  }

  private @Nullable RunView run(PipelineUpdate update, Caller caller) throws Rejected {
    if (update.run() == null) {
      return null;
    }
    try {
      return runs.get(update.run(), caller).what();
    } catch (Rejected e) {
      if (e.problem() instanceof Problem.UnknownRun) {
        return null;
      }
      throw e;
    }
  }
}
