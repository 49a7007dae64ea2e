package io.mutirao.dispatcher.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.run.Result;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** What the dispatcher counts. */
final class RunMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();

  RunMetrics(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("mutirao_runs_active", active, AtomicInteger::get);
  }

  void accepted() {
    registry.counter("mutirao_runs_accepted").increment();
  }

  void finished(Result result) {
    registry.counter("mutirao_runs_finished", "result", result.name()).increment();
  }

  void workerLost() {
    registry.counter("mutirao_attempts_lost").increment();
  }

  void active(Collection<LaneMemory> lanes) {
    active.set(lanes.stream().mapToInt(LaneMemory::size).sum());
  }
}
