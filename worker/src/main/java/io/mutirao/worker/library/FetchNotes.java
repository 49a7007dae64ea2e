package io.mutirao.worker.library;

import io.mutirao.runner.Workbench;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells the reader of a task's log how far the fetching of artifacts is. */
final class FetchNotes extends AbstractTransferListener {

  private static final long STEP = 25_000_000;

  private final Workbench bench;
  private final AtomicInteger jars = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong told = new AtomicLong(STEP);

  FetchNotes(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void transferSucceeded(TransferEvent event) {
    if (!event.getResource().getResourceName().endsWith(".jar")) {
      return;
    }
    int count = jars.incrementAndGet();
    long all = bytes.addAndGet(event.getTransferredBytes());
    long next = told.get();
    if (count == 1) {
      bench.note("Fetching jars; the first one is " + event.getResource().getResourceName());
    } else if (all >= next && told.compareAndSet(next, all + STEP)) {
      bench.note("Fetched %d jars, %d MB".formatted(count, all / 1_000_000));
    }
  }
}
