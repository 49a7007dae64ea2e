package io.mutirao.launcher.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The main class of the broker's process: one node, broker and controller together. */
public final class Broker {

  private static final String CLUSTER_ID = "MutiraoLocalClusterAAA";

  /** Two dozen threads of a broker look at the clock five times a second, each at its own time. */
  private static final Duration SLACK = Duration.ofMillis(200);

  private Broker() {}

  /** Arguments: data folder, port, controller port. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    var settings = BrokerSettings.of(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    rest();
    format(folder);
    run(settings);
  }

  private static void rest() {
    try {
      TimerSlack.set(SLACK);
    } catch (IOException e) {
      System.err.println("broker: wakes more often than it has to when idle: " + e);
    }
  }

  private static void format(Path folder) throws Exception {
    new Formatter()
        .setNodeId(BrokerSettings.NODE)
        .setClusterId(CLUSTER_ID)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        // With one replica, the rule that a killed broker leaves the replicas in sync would leave
        // each partition without a leader after kill -9.
        .setFeatureLevel("eligible.leader.replicas.version", (short) 0)
        .setIgnoreFormatted(true)
        .run();
  }

  private static void run(Map<String, String> settings) {
    var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.shutdown();
                  server.awaitShutdown();
                },
                "stop"));
    server.startup();
    server.awaitShutdown();
  }
}
