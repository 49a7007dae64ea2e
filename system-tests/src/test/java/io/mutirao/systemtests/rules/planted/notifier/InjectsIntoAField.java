package io.mutirao.systemtests.rules.planted.notifier;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

final class InjectsIntoAField {
  @Inject @Nullable Prints prints;
}
