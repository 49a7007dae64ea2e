package io.mutirao.systemtests.rules.planted.notifier;

final class Prints {
  static void hello() {
    System.out.println("hello");
  }

  private Prints() {}
}
