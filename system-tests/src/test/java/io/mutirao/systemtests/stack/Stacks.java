package io.mutirao.systemtests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Keeps one stack of each kind for the classes of this JVM, which take turns on it; classes on
 * different stacks run side by side. The next class of a kind finds its stack running.
 */
final class Stacks implements ParameterResolver, BeforeAllCallback, AfterAllCallback {

  private static final Namespace HERE = Namespace.create(Stacks.class);

  /** A stack that runs, closed with the last test. */
  private record Running(Mutirao mutirao) implements AutoCloseable {

    @Override
    public void close() {
      mutirao.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Mutirao mutirao = mutirao(context);
    if (mutirao.hasKafka()) {
      context.getStore(HERE).put("dead letters", mutirao.topic("dead.letters").end());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Mutirao mutirao = mutirao(context);
    if (mutirao.hasKafka() && !leavesDeadLetters(context.getRequiredTestClass())) {
      var before = context.getStore(HERE).get("dead letters", TopicReader.Position.class);
      List<String> letters =
          mutirao.topic("dead.letters").since(before).stream().map(TopicReader::words).toList();
      assertThat(letters).as("dead letters of messages that we wrote ourselves").isEmpty();
    }
  }

  private static boolean leavesDeadLetters(Class<?> test) {
    OnJourneyStack journey = test.getAnnotation(OnJourneyStack.class);
    OnFaultStack fault = test.getAnnotation(OnFaultStack.class);
    return (journey != null && journey.deadLetters()) || (fault != null && fault.deadLetters());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Mutirao.class;
  }

  @Override
  public Mutirao resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return mutirao(context);
  }

  private static Mutirao mutirao(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(
            Purpose.of(context.getRequiredTestClass()),
            purpose -> new Running(Mutirao.start(purpose)),
            Running.class)
        .mutirao();
  }
}
