package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.messaging.lane.LaneChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one batch changed, each row once, as it is at the end of the batch. Nothing is decided here.
 */
final class Written {

  private final LaneChanges changes;
  private final Set<KnownJob> jobs = new LinkedHashSet<>();
  private final Map<RunId, Run> added = new LinkedHashMap<>();
  private final Set<Run> moved = new LinkedHashSet<>();
  private final Set<TaskRun> movedTasks = new LinkedHashSet<>();
  private final Map<AttemptId, RunId> attempts = new LinkedHashMap<>();
  private final List<RepairStore.Past> past = new ArrayList<>();

  Written(LaneChanges changes) {
    this.changes = changes;
  }

  void touch(KnownJob job) {
    jobs.add(job);
  }

  void add(Run run) {
    added.put(run.id(), run);
  }

  void move(Run run) {
    moved.add(run);
  }

  /** A task that moved, and its run with it. */
  void move(TaskRun task) {
    moved.add(task.run);
    movedTasks.add(task);
  }

  /** The id of an attempt that is there from now on. */
  AttemptId mint(Run run) {
    AttemptId id = new AttemptId(changes.mintId());
    attempts.put(id, run.id());
    return id;
  }

  /** An attempt that another one follows. */
  void passed(TaskRun task) {
    past.add(new RepairStore.Past(task.id, task.run, RunViews.task(task)));
  }

  void write(int lane) {
    JobStore.put(changes, jobs);
    RunStore.add(changes, lane, added.values());
    moved.removeAll(added.values());
    RunStore.move(changes, moved);
    movedTasks.removeIf(task -> task.run.ownTask());
    RunStore.putTasks(changes, movedTasks);
    RunStore.addAttempts(changes, attempts);
    RepairStore.addPast(changes, past);
  }
}
