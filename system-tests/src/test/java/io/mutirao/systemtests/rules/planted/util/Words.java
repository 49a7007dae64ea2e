package io.mutirao.systemtests.rules.planted.util;

/** Its package has a bad name and no package-info. */
final class Words {
  private Words() {}
}
