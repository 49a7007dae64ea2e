package io.mutirao.messaging.lane;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an answer goes: {@code topic} or {@code topic/partition}. */
record ReplyAddress(String topic, @Nullable Integer partition) {

  private static final Pattern FORM = Pattern.compile("([a-zA-Z0-9._-]{1,249})(?:/([0-9]{1,6}))?");

  /** Nothing when no topic can have that name; then nobody waits there either. */
  static Optional<ReplyAddress> parse(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches() || found.group(1).matches("[.]{1,2}")) {
      return Optional.empty();
    }
    String partition = found.group(2);
    return Optional.of(
        new ReplyAddress(found.group(1), partition == null ? null : Integer.valueOf(partition)));
  }
}
