package io.mutirao.messaging.lane;

import org.jspecify.annotations.Nullable;

/** Where an answer goes: {@code topic} or {@code topic/partition}. */
record ReplyAddress(String topic, @Nullable Integer partition) {

  static ReplyAddress parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash > 0 && text.substring(slash + 1).matches("[0-9]{1,6}")) {
      return new ReplyAddress(text.substring(0, slash), Integer.valueOf(text.substring(slash + 1)));
    }
    return new ReplyAddress(text, null);
  }
}
