package io.mutirao.gateway.backend;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Where the owners of what we show are, and how long they are waited for. */
@ConfigMapping(prefix = "mutirao")
public interface OwnersConfig {

  /** The registry's base URL. */
  @WithName("registry.url")
  @WithDefault("http://localhost:8081")
  URI registry();

  /** The dispatcher's base URL. */
  @WithName("dispatcher.url")
  @WithDefault("http://localhost:8082")
  URI dispatcher();

  /** The notifier's base URL. */
  @WithName("notifier.url")
  @WithDefault("http://localhost:8083")
  URI notifier();

  /** The directory of the object store, where the workers put what tasks print. */
  @WithName("objects.dir")
  @WithDefault("objects")
  Path objects();

  /** How long a connection to an owner may take. */
  @WithName("query.connect-timeout")
  @WithDefault("2s")
  Duration connectTimeout();

  /** How long an owner's answer may take. */
  @WithName("query.answer-timeout")
  @WithDefault("10s")
  Duration answerTimeout();
}
