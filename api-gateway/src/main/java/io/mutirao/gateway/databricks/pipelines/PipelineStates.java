package io.mutirao.gateway.databricks.pipelines;

import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.contracts.run.Result;
import io.mutirao.gateway.access.PipelineRuns.Standing;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where pipelines and updates stand, in words of the Pipelines API. Pure. */
final class PipelineStates {

  static String of(Standing standing) {
    return switch (standing.phase()) {
      case QUEUED -> "QUEUED";
      case BLOCKED, WAITING_FOR_RETRY, PENDING -> "WAITING_FOR_RESOURCES";
      case RUNNING -> "RUNNING";
      case TERMINATING -> "STOPPING";
      case FINISHED -> ended(standing.result());
    };
  }

  private static String ended(@Nullable Result result) {
    return switch (result) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES -> "COMPLETED";
      case CANCELED, SKIPPED, EXCLUDED, UPSTREAM_CANCELED -> "CANCELED";
      case FAILED, TIMED_OUT, UPSTREAM_FAILED, ERROR -> "FAILED";
      case null -> "FAILED";
    };
  }

  /** Of the pipeline: that of its latest update. */
  static String ofPipeline(List<Standing> latest) {
    if (latest.isEmpty()) {
      return "IDLE";
    }
    return switch (of(latest.getFirst())) {
      case "RUNNING" -> "RUNNING";
      case "STOPPING" -> "STOPPING";
      case "FAILED" -> "FAILED";
      case "COMPLETED", "CANCELED" -> "IDLE";
      default -> "STARTING";
    };
  }

  static String health(List<Standing> latest) {
    return latest.stream()
        .filter(Standing::over)
        .findFirst()
        .filter(standing -> of(standing).equals("FAILED"))
        .map(_ -> "UNHEALTHY")
        .orElse("HEALTHY");
  }

  static PipelineWire.UpdateState brief(PipelineUpdate update, Standing standing) {
    return new PipelineWire.UpdateState(update.id(), of(standing), update.createdAt().toString());
  }

  static PipelineWire.Update whole(PipelineUpdate update, Standing standing) {
    return new PipelineWire.Update(
        update.pipeline(),
        update.id(),
        of(standing),
        update.cause(),
        update.fullRefresh(),
        false,
        update.createdAt().toEpochMilli(),
        update.config());
  }

  static PipelineWire.Pipeline whole(PipelineView pipeline, List<Standing> latest) {
    PipelineWire.Status brief = brief(pipeline, latest);
    return new PipelineWire.Pipeline(
        brief.pipelineId(),
        pipeline.spec(),
        brief.state(),
        brief.health(),
        brief.name(),
        brief.creatorUserName(),
        brief.runAsUserName(),
        pipeline.modifiedAt().toEpochMilli(),
        brief.latestUpdates());
  }

  static PipelineWire.Status brief(PipelineView pipeline, List<Standing> latest) {
    List<PipelineUpdate> updates = pipeline.latest();
    return new PipelineWire.Status(
        pipeline.id(),
        ofPipeline(latest),
        health(latest),
        pipeline.name(),
        pipeline.owner(),
        pipeline.owner(),
        IntStream.range(0, Math.min(updates.size(), latest.size()))
            .mapToObj(i -> brief(updates.get(i), latest.get(i)))
            .toList());
  }

  private PipelineStates() {}
}
