package io.mutirao.systemtests.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands and events of the core over Kafka, without any dialect. */
public final class Core {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mutirao mutirao;
  private final Outsider outsider;
  private final String answers = "answers." + UUID.randomUUID();

  public Core(Mutirao mutirao) {
    this.mutirao = mutirao;
    outsider = mutirao.outsider();
    outsider.createTopic(answers);
  }

  /** A definition of these tasks; what it leaves out may be added. */
  public static ObjectNode definition(ObjectNode... tasks) {
    ObjectNode definition =
        JSON.createObjectNode()
            .put("name", "of the core")
            .put("maxConcurrentRuns", 1)
            .put("timeoutSeconds", 0)
            .put("pool", "default")
            .put("dialect", "databricks");
    definition.putObject("settings");
    ArrayNode all = definition.putArray("tasks");
    List.of(tasks).forEach(all::add);
    return definition;
  }

  /** A task that waits for others: {@code key}, or {@code key=outcome}. */
  public static ObjectNode task(String key, String kind, String... upstream) {
    ObjectNode task = JSON.createObjectNode().put("key", key).put("kind", kind);
    task.putObject("spec");
    ArrayNode dependsOn = task.putArray("dependsOn");
    for (String one : upstream) {
      String[] parts = one.split("=", -1);
      ObjectNode dependency = dependsOn.addObject().put("task", parts[0]);
      if (parts.length > 1) {
        dependency.put("outcome", parts[1]);
      }
    }
    return task;
  }

  public static ObjectNode python(String key, String file, String... upstream) {
    ObjectNode task = task(key, "python", upstream);
    task.withObject("/spec").put("file", file).putArray("parameters");
    return task;
  }

  public long createJob(ObjectNode definition) {
    ObjectNode command = JSON.createObjectNode().put("type", "CreateJob").put("by", "ana");
    command.set("definition", definition);
    return accepted(ask("job.commands", command)).path("job").asLong();
  }

  public long run(long job) {
    return run(JSON.createObjectNode().put("type", "RunJob").put("job", job));
  }

  public long run(ObjectNode command) {
    return accepted(ask("run.commands", command.put("by", "ana"))).path("run").asLong();
  }

  public static ObjectNode command(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** The answer to a command, whatever it is. */
  public JsonNode ask(String topic, ObjectNode command) {
    return ask(topic, command, UUID.randomUUID().toString());
  }

  /** The answer to a command of that id; sent again, the last one counts. */
  public JsonNode ask(String topic, ObjectNode command, String id) {
    send(topic, null, command, id);
    return answer(id);
  }

  /**
   * Sends a command and does not wait.
   *
   * @param partition null: any
   */
  public void send(String topic, @Nullable Integer partition, ObjectNode command, String id) {
    if (!command.has("by")) {
      command.put("by", "ana");
    }
    outsider.send(
        topic, partition, command.toString(), Map.of("ce_id", id, "mutirao_reply_to", answers));
  }

  /** Waits for the answer to the command of that id. */
  public JsonNode answer(String id) {
    return await("the answer to command " + id)
        .atMost(Jobs.DEADLINE)
        .until(() -> answers(id), all -> !all.isEmpty())
        .getFirst();
  }

  /** The answers so far to commands of that id. */
  public List<JsonNode> answers(String id) {
    return read(answers).stream()
        .filter(reply -> reply.path("command").asText().equals(id))
        .toList();
  }

  private static JsonNode accepted(JsonNode reply) {
    if (!reply.path("type").asText().equals("Accepted")) {
      throw new AssertionError("expected Accepted, but got " + reply);
    }
    return reply;
  }

  /** The events of a run, in their order, without what is told twice. */
  public List<JsonNode> events(long run) {
    return read("run.events").stream()
        .filter(event -> event.path("run").asLong() == run)
        .distinct()
        .toList();
  }

  /** The last event of an execution of a run, once it is there. */
  public JsonNode awaitFinished(long run, int repair) {
    return await("the end of run " + run + ", repair " + repair)
        .atMost(Jobs.DEADLINE)
        .until(
            () ->
                events(run).stream()
                    .filter(event -> event.path("type").asText().equals("RunFinished"))
                    .filter(event -> event.path("repair").asInt() == repair)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  public JsonNode awaitFinished(long run) {
    return awaitFinished(run, 0);
  }

  /** {@code key:number:RESULT} of each attempt of a task that is over, in their order. */
  public List<String> ended(long run, int repair) {
    return events(run).stream()
        .filter(event -> event.path("type").asText().equals("TaskChanged"))
        .filter(event -> event.path("phase").asText().equals("FINISHED"))
        .filter(event -> event.path("repair").asInt() == repair)
        .map(event ->
            event.path("task").asText()
                + ":"
                + event.path("attemptNumber").asInt()
                + ":"
                + event.path("result").asText())
        .toList();
  }

  private List<JsonNode> read(String topic) {
    return mutirao.topic(topic).since(TopicReader.Position.START).stream()
        .map(record -> tree(new String(record.value(), StandardCharsets.UTF_8)))
        .toList();
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
