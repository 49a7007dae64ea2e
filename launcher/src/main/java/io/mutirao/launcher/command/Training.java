package io.mutirao.launcher.command;

import io.mutirao.launcher.Stack;
import io.mutirao.launcher.StackOptions;
import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.process.Supervised;
import io.mutirao.launcher.service.AotCaches;
import io.mutirao.launcher.service.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the AOT caches of a build: a stack under a short load, each of whose JVMs writes down at
 * its end what it loaded and which methods ran often.
 */
public final class Training {

  /** Succeeds also when the load fails: the caches then know the start only. */
  public static int run(Installation installation)
      throws CannotStart, IOException, InterruptedException {
    Progress progress = Progress.begin();
    Path caches = AotCaches.folder(installation);
    Files.createDirectories(caches);
    try (var folder = TemporaryFolder.create("training")) {
      StackOptions options =
          StackOptions.in(folder.path().resolve("data"))
              .withCaches(StackOptions.Caches.MAKE)
              .with("MUTIRAO_WORKER_NOOP", "true")
              .withProgress(progress);
      try (Stack stack = Stack.start(options);
          var client = new JobsClient(stack.gatewayUrl(), stack.token())) {
        load(client, folder.path().resolve("training.py"), progress);
        progress.accept("each process now writes its cache at its end, which takes seconds");
        stopServices(stack);
      }
    }
    return 0;
  }

  /** Two at a time, since each uses one core. */
  private static void stopServices(Stack stack) throws IOException, InterruptedException {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<?>> stopping = new ArrayList<>();
      for (Supervised process : stack.services()) {
        stopping.add(
            two.submit(() -> {
              process.stop();
              return process;
            }));
      }
      for (Future<?> each : stopping) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static void load(JobsClient client, Path script, Progress progress)
      throws InterruptedException {
    try {
      new TrainingLoad(client, progress).run(script);
    } catch (IOException e) {
      progress.accept("the load failed, so the caches hold the start only: " + e.getMessage());
    }
  }

  private Training() {}
}
