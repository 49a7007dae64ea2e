package io.mutirao.worker.secret;

import static io.mutirao.worker.service.ServiceClient.encoded;

import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.contracts.secret.SealedSecret;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.service.ServiceClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Gets secrets for attempts: asks the registry, which checks rights, and opens what it gives. */
public final class SecretDesk {

  private final ServiceClient registry;
  private final Optional<Seal> seal;

  /** The task gets no such secret. The message is for its user. */
  public static final class Withheld extends Exception {
    private static final long serialVersionUID = 1L;

    Withheld(String message) {
      super(message);
    }
  }

  /**
   * @param key of the installation; without one there are no secrets
   */
  public SecretDesk(ServiceClient registry, Optional<String> key) {
    this.registry = registry;
    this.seal = key.map(Seal::with);
  }

  /**
   * The value of a secret, for that task.
   *
   * @throws IOException the registry does not answer for some time
   */
  public byte[] read(OfferTask task, String scope, String key)
      throws Withheld, IOException, InterruptedException {
    String what = "secrets/" + scope + "/" + key;
    Seal opener = seal.orElseThrow(() -> new Withheld("MUTIRAO_SECRET_KEY is not set: " + what));
    HttpResponse<byte[]> answer =
        ask(task, "/secret-scopes/%s/secrets/%s/for-run".formatted(encoded(scope), encoded(key)));
    return switch (answer.statusCode()) {
      case 200 -> open(opener, Codec.JSON.readValue(answer.body(), SealedSecret.class));
      case 403 ->
          throw new Withheld(
              "%s may not read secrets of scope %s"
                  .formatted(task.runAs() == null ? "the job's owner" : task.runAs(), scope));
      case 404 -> throw new Withheld("there is no secret " + what);
      default -> throw ServiceClient.unexpected(answer);
    };
  }

  private static byte[] open(Seal seal, SealedSecret secret) throws Withheld {
    try {
      return seal.open(Seal.nameOf(secret.scope(), secret.key()), secret.sealed());
    } catch (Seal.Broken e) {
      throw new Withheld(e.getMessage() + "; put the secret again");
    }
  }

  /** The scopes that the task may read, with the keys of their secrets. */
  public List<ScopeView> scopes(OfferTask task) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = ask(task, "/secret-scopes-of-run");
    if (answer.statusCode() != 200) {
      throw ServiceClient.unexpected(answer);
    }
    return Codec.JSON.readValue(answer.body(), Scopes.class).scopes();
  }

  private record Scopes(List<ScopeView> scopes) {}

  private HttpResponse<byte[]> ask(OfferTask task, String path)
      throws IOException, InterruptedException {
    String as = task.runAs() == null ? "" : "&as=" + encoded(task.runAs());
    return registry.get("%s?job=%s%s".formatted(path, task.job(), as));
  }
}
