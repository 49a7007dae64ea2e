package io.mutirao.dispatcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.task.Ending;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.dispatcher.lifecycle.TaskState.Finished;
import io.mutirao.dispatcher.lifecycle.TaskState.Held;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random walks through the state machine, held to the laws of a run (Jobs API 2.0, TaskState). */
class LifecycleWalkTest {

  /** Where a run may go from each phase, in one step. */
  private static final Map<Phase, Set<Phase>> ALLOWED =
      Map.of(
          Phase.BLOCKED,
          Set.of(Phase.BLOCKED, Phase.PENDING, Phase.FINISHED),
          Phase.PENDING,
          Set.of(Phase.PENDING, Phase.RUNNING, Phase.TERMINATING, Phase.FINISHED),
          Phase.RUNNING,
          Set.of(Phase.RUNNING, Phase.TERMINATING, Phase.FINISHED),
          Phase.TERMINATING,
          Set.of(Phase.TERMINATING, Phase.FINISHED),
          Phase.FINISHED,
          Set.of(Phase.FINISHED));

  private static final List<AttemptId> ATTEMPTS = List.of(new AttemptId(1), new AttemptId(2));
  private static final List<WorkerId> WORKERS =
      List.of(new WorkerId("w1/a"), new WorkerId("w1/b"), new WorkerId("w2/c"));

  @Test
  void noWalkBreaksALaw() {
    long seed = new Random().nextLong();
    for (int walk = 0; walk < 20_000; walk++) {
      walk(seed + walk);
    }
  }

  private static void walk(long seed) {
    Random random = new Random(seed);
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    TaskState state = new TaskState.Blocked();
    @Nullable WorkerId holder = null;
    for (int step = 0; step < 30; step++) {
      now = now.plusSeconds(1);
      TaskInput input = input(random, now);
      Step next = Lifecycle.on(state, input, now);
      String told = "seed " + seed + ": " + state + " on " + input + " gives " + next;

      assertThat(ALLOWED.get(state.phase())).as(told).contains(next.next().phase());
      if (state instanceof Finished) {
        assertThat(next.next()).as("final is final, " + told).isEqualTo(state);
      }
      if (holder != null && next.next() instanceof Held held) {
        assertThat(held.worker()).as("an attempt never changes hands, " + told).isEqualTo(holder);
      }
      if (next.next() instanceof Held held) {
        holder = held.worker();
      }
      assertThat(Lifecycle.on(state, input, now)).as("pure, " + told).isEqualTo(next);
      state = next.next();
    }
  }

  private static TaskInput input(Random random, Instant now) {
    AttemptId attempt = ATTEMPTS.get(random.nextInt(ATTEMPTS.size()));
    WorkerId worker = WORKERS.get(random.nextInt(WORKERS.size()));
    return switch (random.nextInt(12)) {
      case 0, 1 -> new TaskInput.Started(attempt, worker, now);
      case 2 -> {
        List<Ending> endings = List.of(Ending.values());
        Ending ending = endings.get(random.nextInt(endings.size()));
        yield new TaskInput.Ended(
            attempt, worker, ending, null, "message", now, TaskState.Left.NOTHING);
      }
      case 3 -> new TaskInput.Beat(attempt, worker);
      case 4 -> new TaskInput.ClaimsRead(attempt, random.nextBoolean() ? worker : null);
      case 5 -> new TaskInput.OfferAged(attempt);
      case 6 -> new TaskInput.WorkerSilent(attempt);
      case 7 ->
          new TaskInput.End(
              new Becomes(Result.CANCELED, Cause.CANCELED_BY_USER, "canceled"),
              random.nextBoolean() ? worker : null);
      case 8, 9 -> new TaskInput.Begin(attempt);
      case 10 -> new TaskInput.Close(new Becomes(Result.EXCLUDED, Cause.UPSTREAM, "excluded"));
      default -> new TaskInput.End(new Becomes(Result.TIMED_OUT, Cause.TIMED_OUT, "late"), null);
    };
  }
}
