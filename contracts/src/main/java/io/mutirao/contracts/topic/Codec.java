package io.mutirao.contracts.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.task.TaskOffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one way in which messages become bytes and bytes become messages. */
public final class Codec {

  /** Shared with the services' HTTP sides, so that a view reads the same everywhere. */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static {
    // Jackson 2 does not find the members of a sealed family by itself.
    Topics.ALL.forEach(topic -> JSON.registerSubtypes(topic.type().getPermittedSubclasses()));
    JSON.registerSubtypes(TaskOffer.class.getPermittedSubclasses());
    JSON.registerSubtypes(JobTrigger.class.getPermittedSubclasses());
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(16 * 1024 * 1024)
                .maxNestingDepth(200)
                .build());
  }

  public static byte[] encode(Message message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a message that cannot be written is a bug", e);
    }
  }

  /**
   * Reads a message of a topic.
   *
   * @throws Unreadable with one line for a person: what is wrong and where
   */
  public static <M extends Message> M decode(Topic<M> topic, byte[] value) throws Unreadable {
    try {
      M message = JSON.readValue(value, topic.type());
      if (message == null) {
        throw new Unreadable("not a JSON object but null");
      }
      return message;
    } catch (JsonMappingException e) {
      throw new Unreadable(e.getPathReference() + ": " + firstLine(e), e);
    } catch (IOException e) {
      throw new Unreadable("not JSON: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    String text =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }

  private Codec() {}
}
