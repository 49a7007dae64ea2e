package io.mutirao.launcher.service;

import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.process.Probe;
import io.mutirao.launcher.process.ProcessSpec;
import io.mutirao.launcher.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How each JVM of a stack is run. */
public record Services(Installation installation, AotCaches caches, DataFolder folder) {

  private static final String READY = "/q/health/ready";

  /** Making a cache at the end takes a JVM this long, on a busy machine. */
  private static final Duration TRAINING = Duration.ofMinutes(4);

  private static final Duration ORDERLY_END = Duration.ofSeconds(20);

  /**
   * A service.
   *
   * @param instance the name of the process, also its identity
   */
  public ProcessSpec service(Service service, String instance, int port, Wiring wiring)
      throws CannotStart, IOException {
    Path jar = installation.serviceJar(service.module());
    return new ProcessSpec(
        instance,
        port,
        jvm().command(service.module(), jar, service.flags(), List.of("-jar", jar.toString())),
        wiring.environment(service, instance, port),
        folder.log(instance),
        Probe.http(port, READY),
        Signal.TERM,
        patience(),
        ProcessSpec.Preparation.NOTHING);
  }

  /** The broker. */
  public ProcessSpec kafka(int port, int controllerPort) throws CannotStart, IOException {
    Path jar = installation.moduleJar("launcher");
    return new ProcessSpec(
        "kafka",
        port,
        jvm()
            .command(
                "kafka",
                jar,
                Jvm.flags(512, Compilation.FULL),
                List.of(
                    "-cp",
                    jar.toString(),
                    "io.mutirao.launcher.broker.Broker",
                    folder.resolve("kafka").toString(),
                    Integer.toString(port),
                    Integer.toString(controllerPort))),
        Map.of(),
        folder.log("kafka"),
        Probe.tcp(port),
        Signal.TERM,
        patience(),
        ProcessSpec.Preparation.NOTHING);
  }

  private Jvm jvm() {
    return new Jvm(installation.java(), caches);
  }

  private Duration patience() {
    return caches instanceof AotCaches.Train ? TRAINING : ORDERLY_END;
  }
}
