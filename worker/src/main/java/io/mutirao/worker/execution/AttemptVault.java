package io.mutirao.worker.execution;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretView;
import io.mutirao.worker.desk.Vault;
import io.mutirao.worker.secret.SecretDesk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of attempts that run here: as the run's user may read them, and hidden in the log.
 */
public record AttemptVault(Attempts attempts, Workplace workplace, SecretDesk secrets)
    implements Vault {

  @Override
  public Optional<byte[]> secret(long run, long attempt, String scope, String key)
      throws IOException, InterruptedException {
    LiveAttempt live = attempts.get(new AttemptId(attempt));
    if (live == null) {
      return Optional.empty();
    }
    try {
      byte[] secret = secrets.read(live.offer(), scope, key);
      workplace.hide(live, secret);
      return Optional.of(secret);
    } catch (SecretDesk.Withheld _) {
      return Optional.empty(); // Who may not look must not learn whether there is one.
    }
  }

  @Override
  public List<String> keys(long run, long attempt, String scope)
      throws IOException, InterruptedException {
    return readable(attempt).stream()
        .filter(view -> view.name().equalsIgnoreCase(scope))
        .flatMap(view -> view.secrets().stream())
        .map(SecretView::key)
        .toList();
  }

  @Override
  public List<String> scopes(long run, long attempt) throws IOException, InterruptedException {
    return readable(attempt).stream().map(ScopeView::name).toList();
  }

  private List<ScopeView> readable(long attempt) throws IOException, InterruptedException {
    LiveAttempt live = attempts.get(new AttemptId(attempt));
    return live == null ? List.of() : secrets.scopes(live.offer());
  }
}
