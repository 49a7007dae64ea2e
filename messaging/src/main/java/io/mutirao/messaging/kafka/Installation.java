package io.mutirao.messaging.kafka;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of this installation. Every service makes those that are missing when it starts; who
 * comes second finds them. A topic with another number of partitions than there are lanes is
 * refused: ids would belong to other lanes than they were minted in.
 */
public record Installation(Admin admin, Lanes lanes) {

  private static final int ANSWER_MILLIS = 2_000;

  /** A topic is not as it must be. The message says what to do. */
  public static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  /** Makes what is missing and checks what is there. */
  public void prepare() throws InterruptedException, ExecutionException {
    Set<String> names = new TreeSet<>();
    Topics.ALL.forEach(topic -> names.add(topic.name()));
    names.add(Topics.DEAD_LETTERS);
    make(names, lanes.count());
  }

  /** Makes a pool's topic and its share group's start, before the first offer goes there. */
  public void openPool(String pool) throws InterruptedException, ExecutionException {
    String name = Topics.offers(pool).name();
    make(Set.of(name), 1);
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.GROUP, name),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("share.auto.offset.reset", "earliest"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  /** The pools that have a topic. */
  public Set<String> pools() throws InterruptedException, ExecutionException {
    return pools(admin);
  }

  private static Set<String> pools(Admin admin) throws InterruptedException, ExecutionException {
    String prefix = Topics.offers("").name();
    Set<String> pools = new TreeSet<>();
    var soon = new ListTopicsOptions().timeoutMs(ANSWER_MILLIS);
    for (String name : admin.listTopics(soon).names().get()) {
      if (name.startsWith(prefix)) {
        pools.add(name.substring(prefix.length()));
      }
    }
    return pools;
  }

  /** The processes that take the offers of each pool. */
  public static Map<String, Set<String>> workers(Admin admin)
      throws InterruptedException, ExecutionException {
    Map<String, Set<String>> workers = new TreeMap<>();
    var soon = new DescribeShareGroupsOptions().timeoutMs(ANSWER_MILLIS);
    for (String pool : pools(admin)) {
      String group = Topics.offers(pool).name();
      Set<String> members = new TreeSet<>();
      try {
        admin.describeShareGroups(List.of(group), soon).all().get().values().stream()
            .flatMap(described -> described.members().stream())
            .map(member -> member.clientId().replaceFirst("-offers$", ""))
            .forEach(members::add);
      } catch (ExecutionException e) {
        // Nobody has joined it yet.
        if (!(e.getCause() instanceof GroupIdNotFoundException)) {
          throw e;
        }
      }
      workers.put(pool, members);
    }
    return workers;
  }

  /** What tells a topic from another of the same name that was made later. */
  public Map<String, Uuid> ids(List<? extends Topic<?>> topics)
      throws InterruptedException, ExecutionException {
    Map<String, Uuid> ids = new TreeMap<>();
    for (TopicDescription found :
        admin
            .describeTopics(topics.stream().map(Topic::name).toList())
            .allTopicNames()
            .get()
            .values()) {
      ids.put(found.name(), found.topicId());
    }
    return ids;
  }

  private void make(Set<String> names, int partitions)
      throws InterruptedException, ExecutionException {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(admin.listTopics().names().get());
    List<NewTopic> wanted = new ArrayList<>();
    for (String name : missing) {
      wanted.add(
          new NewTopic(name, Optional.of(partitions), Optional.empty())
              .configs(Map.of("max.message.bytes", String.valueOf(Clients.MAX_MESSAGE_BYTES))));
    }
    for (var made : admin.createTopics(wanted).values().values()) {
      try {
        made.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    for (String name : names) {
      check(name, partitions);
    }
  }

  private void check(String name, int wanted) throws InterruptedException, ExecutionException {
    for (int tries = 0; ; tries++) {
      try {
        TopicDescription found =
            Objects.requireNonNull(
                admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
        int partitions = found.partitions().size();
        if (partitions != wanted) {
          throw new Mismatch(
              "topic "
                  + name
                  + " has "
                  + partitions
                  + " partitions where this installation, with "
                  + lanes.count()
                  + " lanes, needs "
                  + wanted
                  + ". Set MUTIRAO_LANES as it was when the topics were made.");
        }
        return;
      } catch (ExecutionException e) {
        // A topic that was just made may not have reached the broker that we asked.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || tries == 100) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }
}
