package io.mutirao.contracts.topic;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All topics of an installation with one pool, and all messages that may travel on each. */
public final class Families {

  public static final List<Topic<?>> TOPICS =
      Stream.concat(Topics.ALL.stream(), Stream.of(Topics.offers("default"))).toList();

  public static List<Class<?>> messages(Topic<?> topic) {
    return permitted(topic.type()).toList();
  }

  private static Stream<Class<?>> permitted(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Families::permitted)
        : Stream.of(type);
  }

  private Families() {}
}
