package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Freshness;
import io.mutirao.gateway.core.User;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers that were written lately. While what an answer shows is fresh it is given again, and the
 * same object, asked for by the same user in the same way, is not written twice.
 */
final class Rendered {

  private static final int MOST_BYTES = 8 * 1024 * 1024;

  /** About what is around an answer. */
  private static final long EACH_BYTES = 500;

  /**
   * All that an answer depends on beside what it shows.
   *
   * @param base where the caller reached us
   * @param uri path and query, as they were sent
   */
  record Asked(User user, String base, String uri) {
    int length() {
      return base.length() + uri.length();
    }
  }

  private final Map<Asked, Written> latestLast = new LinkedHashMap<>(64, 0.75f, true);
  private long held;

  /**
   * An answer.
   *
   * @param of weak: an answer is small beside what it was made of
   */
  record Written(Answer answer, WeakReference<Object> of, Freshness freshness) {}

  /** What was answered last; to be given only to those who ask its freshness. */
  Optional<Written> known(Asked asked) {
    synchronized (latestLast) {
      return Optional.ofNullable(latestLast.get(asked));
    }
  }

  /** The answer that shows something, which is compared by identity. */
  Answer of(Asked asked, Fresh<?> shown, Supplier<Answer> writing) {
    Optional<Written> before = known(asked).filter(written -> written.of().refersTo(shown.what()));
    Answer answer = before.map(Written::answer).orElseGet(writing);
    keep(asked, new Written(answer, new WeakReference<>(shown.what()), shown.freshness()));
    return answer;
  }

  /** Keeps what is not too large, and lets go of what nobody asked for the longest. */
  private void keep(Asked asked, Written written) {
    synchronized (latestLast) {
      Written old = latestLast.remove(asked);
      held -= old == null ? 0 : length(asked, old);
      if (length(asked, written) > MOST_BYTES / 4) {
        return;
      }
      latestLast.put(asked, written);
      held += length(asked, written);
      Iterator<Map.Entry<Asked, Written>> oldest = latestLast.entrySet().iterator();
      while (held > MOST_BYTES) {
        Map.Entry<Asked, Written> one = oldest.next();
        held -= length(one.getKey(), one.getValue());
        oldest.remove();
      }
    }
  }

  private static long length(Asked asked, Written written) {
    return EACH_BYTES + asked.length() + written.answer().body().length;
  }
}
