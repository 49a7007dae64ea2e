package io.mutirao.systemtests.rules.planted.dispatcher.lifecycle;

final class CountsNanos {
  static long count() {
    return System.nanoTime();
  }

  private CountsNanos() {}
}
