package io.mutirao.systemtests.rules.planted.notifier;

final class WordHelper {
  private WordHelper() {}
}
