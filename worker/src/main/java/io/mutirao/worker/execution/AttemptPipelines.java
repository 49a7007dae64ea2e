package io.mutirao.worker.execution;

import static io.mutirao.worker.service.ServiceClient.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Begun;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.worker.runner.pipeline.Pipelines;
import io.mutirao.worker.service.ServiceClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pipelines for attempts: asks the registry, which checks rights. */
public record AttemptPipelines(Attempts attempts, ServiceClient registry) implements Pipelines {

  @Override
  public Answer begin(
      String pipeline, @Nullable String update, boolean fullRefresh, Attempt attempt)
      throws IOException, InterruptedException {
    LiveAttempt live = attempts.get(new AttemptId(attempt.attempt()));
    if (live == null) {
      throw new IOException("the attempt is over");
    }
    OfferTask offer = live.offer();
    Begun begun =
        new Begun(
            offer.job().value(), offer.runAs(), new RunId(offer.attempt().value()), fullRefresh);
    String id = update == null ? nameOf(offer.attempt()) : update;
    HttpResponse<byte[]> answer =
        registry.put(
            "/pipelines/%s/updates/%s/begun".formatted(encoded(pipeline), encoded(id)),
            Codec.JSON.writeValueAsBytes(begun));
    return switch (answer.statusCode()) {
      case 200 -> {
        var found = Codec.JSON.readValue(answer.body(), PipelineUpdate.class);
        yield new Begins(found.id(), found.config());
      }
      case 403 ->
          new Refused(
              "%s may not run pipeline %s; its owner and administrators may"
                  .formatted(offer.runAs() == null ? "the job's owner" : offer.runAs(), pipeline),
              Plan.Why.INVALID);
      case 404 -> new Refused("there is no pipeline " + pipeline, Plan.Why.NOT_FOUND);
      default -> throw ServiceClient.unexpected(answer);
    };
  }

  /** The same each time it is asked for. */
  private static String nameOf(AttemptId attempt) {
    return UUID.nameUUIDFromBytes(("attempt " + attempt).getBytes(UTF_8)).toString();
  }
}
