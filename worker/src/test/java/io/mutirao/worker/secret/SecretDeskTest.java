package io.mutirao.worker.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.contracts.secret.SealedSecret;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.service.ServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretDeskTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final List<String> asked = new ArrayList<>();
  private HttpServer registry;
  private URI url;

  @BeforeEach
  void start() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.start();
    url = URI.create("http://127.0.0.1:" + registry.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void referencesBecomeTheSecretsOfTheRunsUser() throws Exception {
    String sealed = Seal.with(KEY).seal(Seal.nameOf("prod", "db"), "hunter2".getBytes(UTF_8));
    answers(200, Codec.JSON.writeValueAsString(new SealedSecret("Prod", "DB", sealed)));
    SecretDesk desk = new SecretDesk(new ServiceClient(List.of(url)), Optional.of(KEY));
    ObjectNode spec =
        (ObjectNode)
            Codec.JSON.readTree(
                "{\"parameters\":[\"-p{{ secrets/prod/db }}\",\"{{job.id}}\"],\"n\":1}");

    ObjectNode resolved =
        SecretReferences.resolve(
            spec, (scope, key) -> new String(desk.read(offer("ana@x"), scope, key), UTF_8));

    assertThat(resolved.toString())
        .isEqualTo("{\"parameters\":[\"-phunter2\",\"{{job.id}}\"],\"n\":1}");
    assertThat(asked).containsExactly("/secret-scopes/prod/secrets/db/for-run?job=3&as=ana%40x");
  }

  @Test
  void whoMayNotReadIsToldSo() throws IOException {
    answers(403, "");

    assertThatThrownBy(() ->
            new SecretDesk(new ServiceClient(List.of(url)), Optional.of(KEY))
                .read(offer("ana"), "prod", "db"))
        .isInstanceOf(SecretDesk.Withheld.class)
        .hasMessage("ana may not read secrets of scope prod");
  }

  @Test
  void aSecretThatIsNotThereIsNamed() throws IOException {
    answers(404, "");

    assertThatThrownBy(() ->
            new SecretDesk(new ServiceClient(List.of(url)), Optional.of(KEY))
                .read(offer(null), "prod", "db"))
        .isInstanceOf(SecretDesk.Withheld.class)
        .hasMessage("there is no secret secrets/prod/db");
  }

  @Test
  void withoutAKeyNobodyIsAsked() {
    assertThatThrownBy(() ->
            new SecretDesk(new ServiceClient(List.of(url)), Optional.empty())
                .read(offer("ana"), "a", "b"))
        .isInstanceOf(SecretDesk.Withheld.class)
        .hasMessage("MUTIRAO_SECRET_KEY is not set: secrets/a/b");
    assertThat(asked).isEmpty();
  }

  private void answers(int status, String body) {
    registry.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static OfferTask offer(@Nullable String runAs) {
    return new OfferTask(
        new AttemptId(1),
        new RunId(2),
        new JobId(3),
        "python",
        Codec.JSON.createObjectNode(),
        null,
        null,
        runAs);
  }
}
