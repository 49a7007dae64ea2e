package io.mutirao.launcher;

import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.data.PortHolder;
import io.mutirao.launcher.data.Ports;
import io.mutirao.launcher.data.Secrets;
import io.mutirao.launcher.postgres.Postgres;
import io.mutirao.launcher.postgres.PostgresBinaries;
import io.mutirao.launcher.process.ProcessSpec;
import io.mutirao.launcher.service.AotCaches;
import io.mutirao.launcher.service.Installation;
import io.mutirao.launcher.service.Service;
import io.mutirao.launcher.service.Services;
import io.mutirao.launcher.service.Wiring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is decided before the first process starts: ports, passwords, command lines.
 *
 * @param specs in the order of {@code ps}
 * @param passwords by database role
 */
record StackPlan(
    String url,
    String token,
    String kafkaBootstrap,
    Postgres postgres,
    Map<String, String> passwords,
    List<ProcessSpec> specs) {

  static StackPlan of(DataFolder folder, StackOptions options) throws CannotStart, IOException {
    Installation installation = Installation.find();
    Ports ports = Ports.in(folder);
    Secrets secrets = Secrets.in(folder);
    int gatewayPort = gatewayPort(options, ports);
    int kafkaPort = ports.get("kafka");
    String kafka = "127.0.0.1:" + kafkaPort;
    String token = token(options, secrets);
    Postgres postgres =
        Postgres.in(
            PostgresBinaries.in(installation.cache()),
            folder,
            ports.get("postgres"),
            secrets.get("postgres"));
    var wiring =
        new Wiring(
            folder,
            kafka,
            postgres.port(),
            Map.of(
                Service.API_GATEWAY,
                gatewayPort,
                Service.JOB_REGISTRY,
                ports.get("job-registry"),
                Service.RUN_DISPATCHER,
                ports.get("run-dispatcher"),
                Service.NOTIFIER,
                ports.get("notifier")),
            token,
            secrets.get("secret-key"),
            passwords(secrets),
            options.environment());
    var services = new Services(installation, caches(options, installation), folder);
    var specs = new ArrayList<ProcessSpec>();
    specs.add(services.kafka(kafkaPort, ports.get("kafka-controller")));
    specs.add(postgres.spec(folder.log("postgres")));
    for (Service service :
        List.of(Service.API_GATEWAY, Service.JOB_REGISTRY, Service.RUN_DISPATCHER)) {
      specs.add(services.service(service, service.module(), wiring.port(service), wiring));
    }
    for (int i = 1; i <= options.workers(); i++) {
      String name = "worker-" + i;
      specs.add(services.service(Service.WORKER, name, ports.get(name), wiring));
    }
    specs.add(
        services.service(Service.NOTIFIER, "notifier", wiring.port(Service.NOTIFIER), wiring));
    return new StackPlan(
        "http://127.0.0.1:" + gatewayPort, token, kafka, postgres, wiring.passwords(), specs);
  }

  private static int gatewayPort(StackOptions options, Ports ports)
      throws IOException, CannotStart {
    int port = options.port();
    if (port == 0) {
      return ports.get("api-gateway");
    }
    if (!Ports.isFree(port)) {
      throw new CannotStart(
          "Port %d is taken by %s. Stop it, or choose another port with --port."
              .formatted(port, PortHolder.of(port).orElse("a program that this user cannot see")));
    }
    return port;
  }

  private static String token(StackOptions options, Secrets secrets) throws IOException {
    String chosen = options.token().orElse(System.getenv("MUTIRAO_ADMIN_TOKEN"));
    if (chosen != null && !chosen.isEmpty()) {
      secrets.keep("token", chosen);
    }
    return secrets.get("token");
  }

  private static Map<String, String> passwords(Secrets secrets) throws IOException {
    var passwords = new LinkedHashMap<String, String>();
    for (Service service : Service.values()) {
      if (service.role().isPresent()) {
        String role = service.role().get();
        passwords.put(role, secrets.get("database." + role));
      }
    }
    return passwords;
  }

  private static AotCaches caches(StackOptions options, Installation installation) {
    var folder = AotCaches.folder(installation);
    return switch (options.caches()) {
      case USE ->
          switch (System.getenv("MUTIRAO_AOT")) {
            case "off" -> new AotCaches.Off();
            case "classes" -> new AotCaches.Classes(folder);
            case null, default -> new AotCaches.Use(folder);
          };
      case MAKE -> new AotCaches.Train(folder);
      case CLASSES -> new AotCaches.Classes(folder);
    };
  }
}
