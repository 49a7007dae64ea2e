package io.mutirao.worker.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.contracts.secret.SealedSecret;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gets secrets for attempts: asks the registry, which checks rights, and opens what it gives. */
public final class SecretDesk {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI registry;
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
  public SecretDesk(URI registry, Optional<String> key) {
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
                  .formatted(task.runAs() == null ? "the job's creator" : task.runAs(), scope));
      case 404 -> throw new Withheld("there is no secret " + what);
      default -> throw new IOException(registry + " answers " + answer.statusCode());
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
      throw new IOException(registry + " answers " + answer.statusCode());
    }
    return Codec.JSON.readValue(answer.body(), Scopes.class).scopes();
  }

  private record Scopes(List<ScopeView> scopes) {}

  private HttpResponse<byte[]> ask(OfferTask task, String path)
      throws IOException, InterruptedException {
    String base = registry.toString().replaceAll("/+$", "");
    String as = task.runAs() == null ? "" : "&as=" + encoded(task.runAs());
    URI uri = URI.create("%s%s?job=%s%s".formatted(base, path, task.job(), as));
    for (int tries = 1; ; tries++) {
      try {
        HttpResponse<byte[]> answer =
            http.send(
                HttpRequest.newBuilder(uri).timeout(ANSWER).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() < 500 || tries == TRIES) {
          return answer;
        }
      } catch (IOException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
