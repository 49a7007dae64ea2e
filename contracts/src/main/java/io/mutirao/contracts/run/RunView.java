package io.mutirao.contracts.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobDefinition;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the dispatcher shows it: {@code GET /runs/{id}}.
 *
 * @param definition the version that the run was started with
 * @param result only when {@code phase} is FINISHED
 * @param message why it is where it is, for a person; may be empty
 * @param createdAt when the run was accepted
 * @param startedAt when its task started, if it did
 * @param endedAt when it was over, if it is
 * @param attempt the latest attempt, none for a skipped run
 */
public record RunView(
    RunId run,
    JobId job,
    long numberInJob,
    Phase phase,
    @Nullable Result result,
    String message,
    Map<String, JsonNode> parameters,
    String by,
    JobDefinition definition,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable AttemptId attempt,
    @Nullable WorkerId worker) {}
