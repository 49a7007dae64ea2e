package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.Database;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is committed and not yet sent. */
@OnFaultStack
class CommitAndSendIT {

  private final Mutirao mutirao;
  private final Database database;

  CommitAndSendIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    database = mutirao.database();
  }

  /**
   * Hole A4. From outside: a lock holds the commit up, meanwhile the broker is stopped, so that
   * what the commit is to send gets into no log; then dispatcher and broker are killed, and with
   * them whatever their sockets held.
   */
  @Test
  void aRunCommittedJustBeforeTheDispatcherDiesIsCarriedOutOnce() throws SQLException {
    var ledger = new Ledger(mutirao);
    ledger.runPython(0.05);
    ledger.assertPromisesKept();
    Map<String, Object> request = ledger.pythonRequest(0.1);
    String token = (String) request.get("idempotency_token");
    CompletableFuture<Long> answered;

    try (Connection holder = database.connect();
        Statement lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("lock table dispatcher.run in share mode");
      answered = CompletableFuture.supplyAsync(() -> ledger.accept(request));
      await("the dispatcher's commit waits")
          .atMost(Jobs.DEADLINE)
          .until(() -> waitingForALock() > 0);
      mutirao.stack().signal("kafka", Signal.STOP);
      holder.rollback();
    }
    await("the run is committed").atMost(Jobs.DEADLINE).until(() -> runOf(token) != 0);
    long committed = runOf(token);
    mutirao.stack().kill("run-dispatcher");
    mutirao.stack().kill("kafka");

    assertThat(answered.join()).as("the run of the repeated request").isEqualTo(committed);
    Evidence evidence = ledger.assertPromisesKept();
    assertThat(evidence.api()).containsEntry(committed, "TERMINATED SUCCESS");
    assertThat(ledger.accept(request)).isEqualTo(committed);
  }

  private long waitingForALock() {
    return database.number(
        "select count(*) from pg_stat_activity"
            + " where usename = 'dispatcher' and wait_event_type = 'Lock'");
  }

  private long runOf(String token) {
    return database.number(
        "select coalesce(max(run_id), 0) from dispatcher.run_token where token = ?", token);
  }
}
