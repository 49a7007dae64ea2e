package io.mutirao.dispatcher.claim;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.dispatcher.run.DispatcherConfig;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Where workers ask for the attempts that they were offered. Any dispatcher instance answers. */
@Path("/claims")
public final class ClaimResource {

  private static final Logger log = Logger.getLogger(ClaimResource.class);

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

  /**
   * Decides some claims. The same claims may be sent again until an answer comes.
   *
   * @throws ServiceUnavailableException when certainly nothing was decided; any other failure may
   *     have come after the decision
   */
  @POST
  @Blocking
  public ClaimAnswer claim(ClaimRequest request) throws SQLException {
    try (Connection db = connection()) {
      List<AttemptId> attempts = ClaimStore.claim(db, request);
      granted.increment(attempts.size());
      refused.increment(request.claims().size() - attempts.size());
      return new ClaimAnswer(attempts, leaseMillis);
    }
  }

  private Connection connection() {
    try {
      return database.getConnection();
    } catch (SQLException e) {
      log.warnf("Claims wait, the database is away: %s", e.getMessage());
      throw new ServiceUnavailableException("the database is away", 1L, e);
    }
  }
}
