package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Freshness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EmptyPoolsTest {

  private static final String NONE_IN_GPU = "Waiting for a worker: there is none in pool gpu.";

  private final PoolMembers members = new PoolMembers();
  private final EmptyPools pools = new EmptyPools(new KnownMembers(members));

  private void seen(Map<String, Set<String>> workers) {
    members.seen(workers, Instant.EPOCH);
  }

  private static RunView run(Phase phase, String pool, RunView.TaskRun... tasks) {
    ObjectNode nothing = Codec.JSON.createObjectNode();
    List<Task> defined =
        List.of(Task.of("work", "noop", nothing), Task.of("loop", Task.FOR_EACH, nothing));
    JobDefinition plain = JobDefinition.of("a job", defined, "databricks", nothing);
    JobDefinition definition =
        new JobDefinition(
            plain.name(),
            plain.tasks(),
            1,
            0,
            pool,
            plain.dialect(),
            nothing,
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            null);
    return new RunView(
        new RunId(12),
        new JobId(7),
        1,
        false,
        RunTrigger.ONE_TIME,
        new RunId(12),
        0,
        phase,
        null,
        null,
        "",
        Map.of(),
        Map.of(),
        "ana",
        1,
        definition,
        Instant.EPOCH,
        null,
        null,
        List.of(tasks),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static RunView.TaskRun task(String key, Phase phase, @Nullable WorkerId worker) {
    return new RunView.TaskRun(
        new AttemptId(16),
        key,
        0,
        0,
        phase,
        null,
        null,
        "",
        null,
        null,
        null,
        worker,
        Instant.EPOCH,
        null,
        null,
        null);
  }

  @Test
  void aRunThatWaitsForAPoolWithoutWorkersSaysSo() {
    seen(Map.of("default", Set.of("worker-1"), "gpu", Set.of()));

    RunView seen = pools.explained(run(Phase.PENDING, "gpu", task("work", Phase.PENDING, null)));

    assertThat(seen.message()).isEqualTo(NONE_IN_GPU);
    assertThat(seen.tasks().getFirst().message()).isEqualTo(NONE_IN_GPU);
  }

  @Test
  void itSaysNothingMoreOnceThereIsAWorker() {
    RunView waits = run(Phase.PENDING, "gpu", task("work", Phase.PENDING, null));
    seen(Map.of("gpu", Set.of()));
    assertThat(pools.explained(waits).message()).isEqualTo(NONE_IN_GPU);

    seen(Map.of("gpu", Set.of("worker-7")));

    assertThat(pools.explained(waits)).isEqualTo(waits);
  }

  @Test
  void whatIsSaidOfAPoolIsNeverKeptAndOfThoseWhoWaitForNoneOnlyWhileNoneIsEmpty() {
    RunView waits = run(Phase.PENDING, "gpu", task("work", Phase.PENDING, null));
    RunView over = run(Phase.FINISHED, "gpu", task("work", Phase.FINISHED, null));
    seen(Map.of("gpu", Set.of("worker-7")));
    Freshness ofWaiting = pools.explainedRun(still(waits)).freshness();
    Freshness ofOver = pools.explainedRun(still(over)).freshness();
    Freshness ofBoth = pools.explainedPage(still(page(waits, over))).freshness();
    assertThat(List.of(isFresh(ofWaiting), isFresh(ofOver), isFresh(ofBoth))).containsOnly(true);

    seen(Map.of("gpu", Set.of()));

    assertThat(isFresh(ofWaiting)).isFalse();
    assertThat(isFresh(ofBoth)).isFalse();
    assertThat(isFresh(ofOver)).isTrue();
    assertThat(isFresh(pools.explainedPage(still(page(over))).freshness())).isTrue();
    Fresh<RunView> said = pools.explainedRun(still(waits));
    seen(Map.of("gpu", Set.of("worker-7")));
    assertThat(said.what().message()).isEqualTo(NONE_IN_GPU);
    assertThat(isFresh(said.freshness())).isFalse();
  }

  private static RunPage page(RunView... runs) {
    return new RunPage(List.of(runs), null, null);
  }

  private static <T> Fresh<T> still(T what) {
    return new Fresh<>(what, told -> told.accept(true));
  }

  private static boolean isFresh(Freshness freshness) {
    AtomicBoolean fresh = new AtomicBoolean();
    freshness.ask(fresh::set);
    return fresh.get();
  }

  @Test
  void ofARunThatRunsOnlyTheTaskThatWaitsSaysSo() {
    seen(Map.of("gpu", Set.of()));
    RunView runs =
        run(
            Phase.RUNNING,
            "gpu",
            task("work", Phase.PENDING, null),
            task("loop", Phase.PENDING, null));

    RunView seen = pools.explained(runs);

    assertThat(seen.message()).isEmpty();
    assertThat(seen.tasks()).extracting(RunView.TaskRun::message).containsExactly(NONE_IN_GPU, "");
  }

  @Test
  void whatAWorkerHasOrWhatWaitsForSomethingElseIsNotExplainedByThePool() {
    seen(Map.of("gpu", Set.of()));
    for (RunView.TaskRun task :
        List.of(
            task("work", Phase.PENDING, new WorkerId("worker-7/a")),
            task("work", Phase.BLOCKED, null),
            task("work", Phase.RUNNING, null))) {
      RunView run = run(Phase.PENDING, "gpu", task);
      assertThat(pools.explained(run)).isEqualTo(run);
    }
  }

  @Test
  void aPoolThatDoesNotExistIsTheDefaultOne() {
    RunView run = run(Phase.PENDING, "unheard of", task("work", Phase.PENDING, null));
    seen(Map.of("default", Set.of("worker-1"), "gpu", Set.of()));
    assertThat(pools.explained(run)).isEqualTo(run);

    seen(Map.of("default", Set.of(), "gpu", Set.of()));

    assertThat(pools.explained(run).message()).endsWith("none in pool default.");
  }
}
