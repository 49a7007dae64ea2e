package io.mutirao.launcher.command;

import io.mutirao.launcher.Stack;
import io.mutirao.launcher.StackOptions;
import io.mutirao.launcher.data.CannotStart;
import java.util.concurrent.CountDownLatch;

/** {@code up}: stays until the JVM is told to end, which stops the stack. */
public final class Up {

  public static int run(Command.Up up) throws CannotStart, InterruptedException {
    Progress progress = Progress.begin();
    Stack stack =
        Stack.start(
            StackOptions.in(up.data())
                .withPort(up.port())
                .withToken(up.token())
                .withWorkers(up.workers())
                .withProgress(progress));
    System.out.println("ready " + stack.gatewayUrl() + " token=" + stack.token());
    System.out.flush();
    new CountDownLatch(1).await(); // Ctrl-C and TERM run the shutdown hook of the stack
    return 0;
  }

  private Up() {}
}
