package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run's changing columns: its state, flat. */
record RunRow(
    Phase phase,
    int sequence,
    @Nullable Instant offeredAt,
    @Nullable WorkerId worker,
    @Nullable Instant startedAt,
    @Nullable Result becomes,
    String message,
    @Nullable Result result,
    @Nullable Instant endedAt) {

  static RunRow of(Run run) {
    Phase phase = run.state.phase();
    int sequence = run.sequence;
    return switch (run.state) {
      case RunState.Offered offered ->
          new RunRow(phase, sequence, offered.offeredAt(), null, null, null, "", null, null);
      case RunState.Claimed claimed ->
          new RunRow(phase, sequence, null, claimed.worker(), null, null, "", null, null);
      case RunState.Running running ->
          new RunRow(
              phase, sequence, null, running.worker(), running.startedAt(), null, "", null, null);
      case RunState.Terminating ending ->
          new RunRow(
              phase,
              sequence,
              null,
              ending.worker(),
              ending.startedAt(),
              ending.becomes(),
              ending.why(),
              null,
              null);
      case RunState.Finished over ->
          new RunRow(
              phase,
              sequence,
              null,
              null,
              over.startedAt(),
              null,
              over.message(),
              over.result(),
              over.endedAt());
    };
  }
}
