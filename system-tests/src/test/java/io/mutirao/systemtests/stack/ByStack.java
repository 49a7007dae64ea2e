package io.mutirao.systemtests.stack;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** The classes of one stack after the other, in the order of {@link Purpose}. */
final class ByStack implements ClassOrderer {

  @Override
  public void orderClasses(ClassOrdererContext context) {
    Comparator<ClassDescriptor> byPurpose =
        Comparator.comparing(each -> Purpose.of(each.getTestClass()));
    context
        .getClassDescriptors()
        .sort(byPurpose.thenComparing(each -> each.getTestClass().getName()));
  }
}
