package io.mutirao.gateway.http;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers that were written lately. The same object, asked for in the same way, is not written
 * twice; whether it is still what is to be shown is for those to know who give it.
 */
public final class Rendered {

  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private final Map<Object, Written> latestLast = new LinkedHashMap<>(64, 0.75f, true);
  private long held;

  /** Weak: an answer is small beside what it was made of. */
  private record Written(WeakReference<Object> of, Answer answer) {
    int length() {
      return answer.body().length;
    }
  }

  /**
   * The answer that shows something.
   *
   * @param asked all that the answer depends on beside what is shown; compared by its value
   * @param what is shown; never changes, and is compared by identity
   */
  public Answer of(Object asked, Object what, Supplier<Answer> writing) {
    synchronized (latestLast) {
      Written written = latestLast.get(asked);
      if (written != null && written.of().refersTo(what)) {
        return written.answer();
      }
    }
    Answer answer = writing.get();
    keep(asked, new Written(new WeakReference<>(what), answer));
    return answer;
  }

  /** Keeps what is not too large, and lets go of what nobody asked for the longest. */
  private void keep(Object asked, Written written) {
    synchronized (latestLast) {
      Written old = latestLast.remove(asked);
      held -= old == null ? 0 : old.length();
      if (written.length() > MOST_BYTES / 4) {
        return;
      }
      latestLast.put(asked, written);
      held += written.length();
      Iterator<Written> oldest = latestLast.values().iterator();
      while (held > MOST_BYTES) {
        held -= oldest.next().length();
        oldest.remove();
      }
    }
  }
}
