package io.mutirao.gateway.backend;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Asks an owner for several callers at once. A question to it costs more than a run, so whoever
 * asks while questions are on their way goes with the next one: many callers are answered by few
 * questions, and one caller alone waits for nobody. A question leaves after those whom it is for
 * have asked, so that each sees what was so when he asked, or later.
 *
 * @param <W> what is wanted
 * @param <A> what is answered
 */
final class Together<W, A> {

  /** Asks for all of it; what there is not, is not among the answers. */
  interface Question<W, A> {
    Map<W, A> ask(Set<W> wanted) throws Rejected;
  }

  private static final int MOST_AT_ONCE = 100;

  private final int mostQuestions;
  private final Question<W, A> question;
  private final Deque<Wish<W, A>> waiting = new ArrayDeque<>();
  private int questions;

  private record Wish<W, A>(W what, CompletableFuture<Optional<A>> answer) {}

  /**
   * Nobody has asked yet.
   *
   * @param mostQuestions at a time; more of them make each smaller
   */
  Together(int mostQuestions, Question<W, A> question) {
    this.mostQuestions = mostQuestions;
    this.question = question;
  }

  Optional<A> ask(W what) throws Rejected {
    Wish<W, A> wish = new Wish<>(what, new CompletableFuture<>());
    if (isNextToAsk(wish)) {
      askOn();
    }
    try {
      return wish.answer().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Rejected rejected) {
        throw new Rejected(rejected.problem());
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Rejected(Problem.Away.forASecond("The gateway stops"));
    }
  }

  /** Makes a wish known; whether whoever made it has to ask, for one more question may be. */
  private boolean isNextToAsk(Wish<W, A> wish) {
    synchronized (waiting) {
      waiting.add(wish);
      boolean ask = questions < mostQuestions;
      questions += ask ? 1 : 0;
      return ask;
    }
  }

  /** Asks once for whoever waits; for those who come meanwhile a thread of its own goes on. */
  private void askOn() {
    List<Wish<W, A>> now = next();
    ask(now);
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        questions--;
        return;
      }
    }
    Thread.startVirtualThread(this::askOn);
  }

  private List<Wish<W, A>> next() {
    synchronized (waiting) {
      List<Wish<W, A>> next = new ArrayList<>();
      while (next.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
        next.add(waiting.remove());
      }
      return next;
    }
  }

  private void ask(List<Wish<W, A>> wishes) {
    if (wishes.isEmpty()) {
      return;
    }
    try {
      Map<W, A> found =
          question.ask(wishes.stream().map(Wish::what).collect(Collectors.toUnmodifiableSet()));
      wishes.forEach(wish -> wish.answer().complete(Optional.ofNullable(found.get(wish.what()))));
    } catch (Rejected e) {
      if (wishes.size() > 1 && e.problem() instanceof Problem.Invalid) {
        // Too much at once: each for himself.
        wishes.forEach(wish -> ask(List.of(wish)));
      } else {
        wishes.forEach(wish -> wish.answer().completeExceptionally(e));
      }
    } catch (RuntimeException | Error e) {
      wishes.forEach(wish -> wish.answer().completeExceptionally(e));
    }
  }
}
