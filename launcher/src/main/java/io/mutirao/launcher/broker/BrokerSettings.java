package io.mutirao.launcher.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of the one-node broker: durable, quick to come back, small. */
final class BrokerSettings {

  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final int LARGEST_MESSAGE_BYTES = 16 << 20;

  static Map<String, String> of(Path folder, int port, int controllerPort) {
    var all = new HashMap<String, String>();
    all.put("log.dirs", folder.toString());
    all.put("node.id", Integer.toString(NODE));
    all.put("process.roles", "broker,controller");
    all.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controllerPort));
    all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    all.put("controller.listener.names", CONTROLLER);
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    all.putAll(ONE_NODE);
    all.putAll(COMES_BACK_QUICKLY);
    all.putAll(GROUPS);
    all.putAll(MESSAGES);
    all.putAll(SMALL);
    return all;
  }

  private static final Map<String, String> ONE_NODE =
      Map.of(
          "offsets.topic.replication.factor", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "default.replication.factor", "1",
          "min.insync.replicas", "1");

  /** A killed broker may register again once its old session is over. */
  private static final Map<String, String> COMES_BACK_QUICKLY =
      Map.of(
          "broker.session.timeout.ms", "3000",
          "broker.heartbeat.interval.ms", "1500",
          "controlled.shutdown.enable", "true",
          "num.recovery.threads.per.data.dir", "2");

  /** By default a new share group gets nothing, and a dead member keeps its part, for seconds. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "group.share.heartbeat.interval.ms", "2000",
          "group.share.min.heartbeat.interval.ms", "500",
          "group.share.session.timeout.ms", "10000",
          "group.share.min.session.timeout.ms", "3000",
          "group.consumer.heartbeat.interval.ms", "1000",
          "group.consumer.min.heartbeat.interval.ms", "500",
          "group.consumer.session.timeout.ms", "10000",
          "group.consumer.min.session.timeout.ms", "3000",
          "group.min.session.timeout.ms", "3000",
          "group.initial.rebalance.delay.ms", "0");

  private static final Map<String, String> MESSAGES =
      Map.of(
          "auto.create.topics.enable", "false",
          "message.max.bytes", Integer.toString(LARGEST_MESSAGE_BYTES),
          "replica.fetch.max.bytes", Integer.toString(LARGEST_MESSAGE_BYTES),
          "replica.fetch.response.max.bytes", Integer.toString(2 * LARGEST_MESSAGE_BYTES),
          "fetch.max.bytes", Integer.toString(4 * LARGEST_MESSAGE_BYTES));

  /** Few partitions and threads, no 128 MB for the cleaner, no records written when idle. */
  private static final Map<String, String> SMALL =
      Map.of(
          "group.coordinator.threads", "1",
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.num.partitions", "4",
          "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20),
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "metric.reporters", "",
          "metadata.max.idle.interval.ms", "60000");

  private BrokerSettings() {}
}
