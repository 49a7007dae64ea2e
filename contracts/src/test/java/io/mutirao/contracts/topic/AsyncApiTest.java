package io.mutirao.contracts.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.run.RunCommand;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds {@code asyncapi.yaml} and the records together, both ways. */
final class AsyncApiTest {

  private static final List<Topic<?>> PUBLIC =
      List.of(
          Topics.JOB_COMMANDS,
          Topics.RUN_COMMANDS,
          Topics.JOB_EVENTS,
          Topics.RUN_EVENTS,
          Topics.REPLIES);

  /** Between registry and dispatcher; nobody else may send them. */
  private static final Set<Class<?>> INTERNAL =
      Set.of(
          RunCommand.DefineJob.class,
          RunCommand.ForgetJob.class,
          RunCommand.ChildStarted.class,
          RunCommand.ChildEnded.class);

  private static final JsonNode DOCUMENT = document();

  @Test
  void everyPublicTopicAndNoOtherIsAChannel() {
    assertThat(channels().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(PUBLIC.stream().map(Topic::name), Stream.of(Topics.DEAD_LETTERS))
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> everyPublicMessageAndNoOtherIsInItsChannel() {
    return PUBLIC.stream()
        .map(topic ->
            dynamicTest(
                topic.name(),
                () -> {
                  JsonNode messages = channels().get(topic.name()).get("messages");
                  assertThat(names(messages))
                      .containsExactlyInAnyOrderElementsOf(
                          messages(topic).map(Class::getSimpleName).toList());
                  names(messages)
                      .forEach(name ->
                          assertThat(messages.get(name).get("$ref").asText())
                              .isEqualTo("#/components/messages/" + name));
                }));
  }

  @TestFactory
  Stream<DynamicTest> everyMessageHasTheComponentsOfItsRecordWithTheirJsonTypes() {
    return PUBLIC.stream()
        .flatMap(AsyncApiTest::messages)
        .map(type ->
            dynamicTest(
                type.getSimpleName(),
                () -> {
                  JsonNode payload =
                      resolve(component("messages", type.getSimpleName()).get("payload"));
                  assertThat(payload.at("/properties/type/const").asText())
                      .isEqualTo(type.getSimpleName());
                  assertDescribes(payload, type, "type");
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsRequiredIsWhatAReaderCannotDoWithout() {
    return PUBLIC.stream().flatMap(topic -> messages(topic).map(type -> requiredOf(topic, type)));
  }

  private static DynamicTest requiredOf(Topic<?> topic, Class<?> type) {
    return dynamicTest(
        type.getSimpleName(),
        () -> {
          Set<String> needed = new TreeSet<>();
          for (String name : names(Golden.json(type))) {
            ObjectNode without = Golden.json(type);
            without.remove(name);
            byte[] bytes = without.toString().getBytes(UTF_8);
            if (catchThrowable(() -> Codec.decode(topic, bytes)) != null) {
              needed.add(name);
            }
          }
          JsonNode required = component("schemas", type.getSimpleName()).get("required");
          assertThat(texts(required)).containsExactlyInAnyOrderElementsOf(needed);
        });
  }

  @Test
  void noSchemaIsLeftOver() {
    Set<String> used = new HashSet<>();
    DOCUMENT.findValuesAsText("$ref").forEach(used::add);
    for (String kind : List.of("messages", "schemas")) {
      for (String name : names(DOCUMENT.get("components").get(kind))) {
        assertThat(used).contains("#/components/" + kind + "/" + name);
      }
    }
  }

  @Test
  void theHeadersAreThoseOfTheCode() throws IllegalAccessException {
    Set<String> documented = new TreeSet<>();
    for (String schema : List.of("CommandHeaders", "EventHeaders", "DeadLetterHeaders")) {
      documented.addAll(names(component("schemas", schema).get("properties")));
    }
    Set<String> known = new TreeSet<>();
    for (var field : Headers.class.getFields()) {
      known.add((String) field.get(null));
    }
    known.remove(Headers.TYPE_PREFIX);

    assertThat(documented).isEqualTo(known);
  }

  private static void assertDescribes(JsonNode schema, Class<?> record, String... more) {
    Map<String, RecordComponent> components =
        Arrays.stream(record.getRecordComponents())
            .collect(toMap(RecordComponent::getName, component -> component));
    assertThat(names(schema.get("properties")))
        .as("properties of %s", record.getSimpleName())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(components.keySet().stream(), Stream.of(more)).toList());
    components.forEach((name, component) ->
        assertIs(
            schema.get("properties").get(name),
            component.getGenericType(),
            record.getSimpleName() + "." + name));
  }

  private static void assertIs(JsonNode unresolved, Type type, String where) {
    JsonNode schema = resolve(unresolved);
    Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    assertThat(schema.path("type").asText()).as("type of %s", where).isEqualTo(jsonType(raw));
    if (raw == Instant.class) {
      assertThat(schema.path("format").asText()).as(where).isEqualTo("date-time");
    } else if (raw.isEnum()) {
      assertThat(texts(schema.get("enum")))
          .as(where)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(raw.getEnumConstants()).map(Object::toString).toList());
    } else if (raw == List.class) {
      assertIs(
          schema.get("items"),
          ((ParameterizedType) type).getActualTypeArguments()[0],
          where + "[]");
    } else if (LaneKey.class.isAssignableFrom(raw)) {
      assertThat(schema.path("minimum").asLong()).as(where).isEqualTo(1);
      assertThat(schema.path("maximum").asLong()).as(where).isEqualTo(LaneKey.MAX);
    } else if (raw.isRecord() && raw != WorkerId.class) {
      assertDescribes(schema, raw);
    }
  }

  private static String jsonType(Class<?> type) {
    if (List.of(int.class, long.class, Integer.class, Long.class).contains(type)) {
      return "integer";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (LaneKey.class.isAssignableFrom(type)) {
      return "integer";
    }
    if (type == String.class || type == WorkerId.class || type == Instant.class || type.isEnum()) {
      return "string";
    }
    if (type == List.class) {
      return "array";
    }
    if (type == Map.class
        || type == ObjectNode.class
        || type.isRecord()
        || type == JobTrigger.class) {
      return "object";
    }
    throw new AssertionError("say in AsyncApiTest which JSON type stands for " + type);
  }

  private static Stream<Class<?>> messages(Topic<?> topic) {
    return Families.messages(topic).stream().filter(type -> !INTERNAL.contains(type));
  }

  private static Map<String, JsonNode> channels() {
    return StreamSupport.stream(DOCUMENT.get("channels").spliterator(), false)
        .collect(toMap(channel -> channel.get("address").asText(), channel -> channel));
  }

  private static JsonNode component(String kind, String name) {
    JsonNode found = DOCUMENT.get("components").get(kind).get(name);
    assertThat(found).as("components/%s/%s", kind, name).isNotNull();
    return found;
  }

  private static JsonNode resolve(JsonNode schema) {
    return schema.has("$ref") ? DOCUMENT.at(schema.get("$ref").asText().substring(1)) : schema;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode document() {
    try (var in = Topics.class.getResourceAsStream("/asyncapi.yaml")) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError("asyncapi.yaml", e);
    }
  }
}
