package io.mutirao.dispatcher.claim;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.dispatcher.run.DispatcherConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Where workers ask for the attempts that they were offered. Any dispatcher instance answers. */
@Path("/claims")
public final class ClaimResource {

  private final DataSource database;
  private final long leaseMillis;
  private final Counter granted;
  private final Counter refused;

  ClaimResource(DataSource database, DispatcherConfig config, MeterRegistry metrics) {
    this.database = database;
    this.leaseMillis = config.lease().toMillis();
    this.granted = metrics.counter("mutirao_claims", "answer", "granted");
    this.refused = metrics.counter("mutirao_claims", "answer", "refused");
  }

  /** Decides some claims. The same claims may be sent again until an answer comes. */
  @POST
  @RunOnVirtualThread
  public ClaimAnswer claim(ClaimRequest request) throws SQLException {
    try (Connection db = database.getConnection()) {
      List<AttemptId> attempts = ClaimStore.claim(db, request);
      granted.increment(attempts.size());
      refused.increment(request.claims().size() - attempts.size());
      return new ClaimAnswer(attempts, leaseMillis);
    }
  }
}
