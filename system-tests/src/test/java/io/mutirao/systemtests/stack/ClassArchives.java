package io.mutirao.systemtests.stack;

import io.mutirao.launcher.Stack;
import io.mutirao.launcher.StackOptions;
import io.mutirao.launcher.data.CannotStart;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Half of what a service costs at its start is the loading of classes, and these tests start some
 * seventy. So a first stack comes up and goes down; its JVMs leave what they loaded to the others.
 */
final class ClassArchives {

  private static boolean made;

  /** The first call makes them, in that folder; the others wait for it. */
  static synchronized void make(Path folder) throws CannotStart, IOException, InterruptedException {
    if (!made) {
      Stack.start(
              StackOptions.in(folder)
                  .withCaches(StackOptions.Caches.CLASSES)
                  .with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
                  .withProgress(_ -> {}))
          .close();
      made = true;
    }
  }

  private ClassArchives() {}
}
