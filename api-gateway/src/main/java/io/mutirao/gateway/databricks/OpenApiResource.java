package io.mutirao.gateway.databricks;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI document of what is served, as tests hold it against every answer. */
@Singleton
final class OpenApiResource implements Dialect {

  private static final String PATH = "/openapi/databricks-jobs.yaml";

  private final Answer document =
      new Answer(200, read(), Map.of("Content-Type", "application/yaml"));

  @Override
  public String root() {
    return "/openapi";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(get(PATH, _ -> document));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private static byte[] read() {
    try (InputStream file =
        Objects.requireNonNull(
            OpenApiResource.class.getResourceAsStream(PATH), "the document is in the jar")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
