package io.mutirao.dispatcher.history;

import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What is wanted at once: a list in the query. */
final class Wanted {

  private static final int MOST = 100;

  static <T> List<T> of(String list, Function<String, T> reading) {
    String[] words = list.isEmpty() ? new String[0] : list.split(",", -1);
    if (words.length > MOST) {
      throw new BadRequestException("at most " + MOST + " at once, not " + words.length);
    }
    try {
      return Arrays.stream(words).map(reading).toList();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }

  private Wanted() {}
}
