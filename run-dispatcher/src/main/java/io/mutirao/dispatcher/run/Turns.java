package io.mutirao.dispatcher.run;

import java.util.List;
import java.util.function.Consumer;

/**
 * Whose turn it is to begin, as room comes free: of a job the run that came first, and jobs, and
 * runs that wait for permits, one after the other.
 */
final class Turns {

  private final LaneMemory memory;
  private final int taskLimit;
  private final Written written;
  private final Consumer<Run> begin;
  private boolean promoting;

  /**
   * Of one batch.
   *
   * @param begin lets begin of a run what may
   */
  Turns(Batch batch, Written written, Consumer<Run> begin) {
    this.memory = batch.memory();
    this.taskLimit = batch.config().activeTasks();
    this.written = written;
    this.begin = begin;
  }

  /** Lets runs of the job in that wait, as far as there is room. */
  void promote(KnownJob job) {
    if (promoting) {
      // A run that was over at once: whoever lets runs in goes on with the next.
      if (!job.queue.isEmpty()) {
        memory.starved.add(job);
      }
      return;
    }
    if (!memory.starved.isEmpty()) {
      memory.starved.add(job); // others wait for the same permits, and each has its turn
      feed();
      return;
    }
    promoting = true;
    while (mayPromote(job)) {
      promoteOne(job);
    }
    promoting = false;
  }

  private boolean mayPromote(KnownJob job) {
    if (job.queue.isEmpty() || !hasRoom(job)) {
      return false;
    }
    Run first = job.queue.getFirst();
    boolean fed = memory.permits.idle() > 0 || !Run.beginsWithAWorker(first.fixed.definition());
    if (!fed) {
      memory.starved.add(job);
      nowWaitsForPermits(first);
    }
    return fed;
  }

  /** Its job has room now, the installation has not. */
  private void nowWaitsForPermits(Run first) {
    Admission.Queue waits = Admission.forPermits(taskLimit);
    if (!waits.equals(first.waits)) {
      first.waits = waits;
      written.move(first);
    }
  }

  private void promoteOne(KnownJob job) {
    Run run = job.queue.removeFirst();
    run.queued = false;
    run.waits = null;
    begin.accept(run);
  }

  /** Lets begin what waits for permits, as far as there are any: each run and each job in turn. */
  void feed() {
    if (promoting) {
      return;
    }
    promoting = true;
    for (Run run : List.copyOf(memory.hungry)) {
      if (memory.permits.idle() <= 0) {
        break;
      }
      memory.hungry.remove(run);
      begin.accept(run);
    }
    while (!memory.starved.isEmpty() && memory.permits.idle() > 0) {
      KnownJob job = memory.starved.iterator().next();
      memory.starved.remove(job);
      if (mayPromote(job)) {
        promoteOne(job);
        memory.starved.add(job); // at the end; taken out again when nothing of it waits
      }
    }
    memory.starved.removeIf(job -> job.queue.isEmpty() || !hasRoom(job));
    promoting = false;
  }

  private static boolean hasRoom(KnownJob job) {
    int limit = job.definition == null ? 1 : job.definition.maxConcurrentRuns();
    return !job.forgotten && job.active() < limit;
  }
}
