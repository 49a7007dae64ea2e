package io.mutirao.launcher.service;

import io.mutirao.launcher.data.DataFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the services of one stack must know of each other, as the {@code MUTIRAO_} variables they
 * read.
 *
 * @param kafka host and port
 * @param ports of the services that are asked over HTTP
 * @param token the administrator's, for the gateway
 * @param secretKey with which secrets are sealed
 * @param passwords by role
 * @param chosen what the caller of this stack set; goes over everything
 */
public record Wiring(
    DataFolder folder,
    String kafka,
    int postgresPort,
    Map<Service, Integer> ports,
    String token,
    String secretKey,
    Map<String, String> passwords,
    Map<String, String> chosen) {

  Map<String, String> environment(Service service, String instance, int port) {
    var all = new LinkedHashMap<String, String>();
    all.put("MUTIRAO_HTTP_HOST", "127.0.0.1");
    all.put("MUTIRAO_LANES", "4");
    all.put("MUTIRAO_OBJECTS_DIR", folder.resolve("objects").toString());
    all.put("MUTIRAO_WORKER_FOLDER", folder.resolve("work").resolve(instance).toString());
    all.put("MUTIRAO_WORKER_LOCAL_FILES", "true");
    all.put("MUTIRAO_WORKER_ISOLATION", "LOCAL");
    all.put("MUTIRAO_WORKER_GRACE", "0s");
    all.put("MUTIRAO_WORKER_CACHE", folder.resolve("cache").toString());
    all.put("MUTIRAO_WORKER_HIDDEN", hidden());
    all.put("MUTIRAO_URL", url(Service.API_GATEWAY));
    if (service.opensSecrets()) {
      all.put("MUTIRAO_SECRET_KEY", secretKey);
    }
    all.keySet().removeAll(System.getenv().keySet()); // these are defaults; the user's word wins
    all.putAll(identity(service, instance, port));
    all.putAll(chosen);
    return all;
  }

  /** Where our own secrets stand, and what they guard. */
  private String hidden() {
    List<String> paths = new ArrayList<>();
    for (String name : List.of("secrets", "postgres", "kafka")) {
      paths.add(folder.resolve(name).toString());
    }
    return String.join(",", paths);
  }

  /** What makes it this process of this stack: no variable of the user changes it. */
  private Map<String, String> identity(Service service, String instance, int port) {
    var own = new LinkedHashMap<String, String>();
    own.put("MUTIRAO_INSTANCE", instance);
    own.put("MUTIRAO_HTTP_PORT", Integer.toString(port));
    own.put("MUTIRAO_KAFKA_BOOTSTRAP", kafka);
    own.put("MUTIRAO_REGISTRY_URL", url(Service.JOB_REGISTRY));
    own.put("MUTIRAO_DISPATCHER_URL", url(Service.RUN_DISPATCHER));
    own.put("MUTIRAO_NOTIFIER_URL", url(Service.NOTIFIER));
    if (service == Service.API_GATEWAY) {
      own.put("MUTIRAO_ADMIN_TOKEN", token);
    }
    service
        .role()
        .ifPresent(role -> {
          own.put(
              "MUTIRAO_DATABASE_URL",
              "jdbc:postgresql://127.0.0.1:%d/mutirao?currentSchema=%s"
                  .formatted(postgresPort, role));
          own.put("MUTIRAO_DATABASE_USER", role);
          own.put("MUTIRAO_DATABASE_PASSWORD", String.valueOf(passwords.get(role)));
        });
    return own;
  }

  private String url(Service service) {
    return "http://127.0.0.1:" + port(service);
  }

  /** Where that service listens. */
  public int port(Service service) {
    return Objects.requireNonNull(ports.get(service), service.module());
  }
}
