package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Scripts;
import io.mutirao.systemtests.stack.TaskProcesses;
import java.nio.file.Files;
import java.nio.file.Path;

/** A task's processes: itself, a child, and a grandchild that left the session. */
record ProcessTree(String attempt) {

  /** As {@link #writing}, and not impressed by SIGTERM. */
  static String stubborn(Path file) {
    return "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + writing(file);
  }

  /** A script that starts such a tree, writes its attempt to a file and works on for long. */
  static String writing(Path file) {
    return """
    import os, subprocess, sys, time

    grandchild = "import os, time; os.setsid(); print(os.getpid(), flush=True); time.sleep(300)"
    child = '''
    import subprocess, sys, time, os
    grandchild = subprocess.Popen([sys.executable, "-c", sys.argv[1]])
    print(os.getpid(), flush=True)
    time.sleep(300)
    '''
    started = subprocess.Popen(
        [sys.executable, "-c", child, grandchild], stdout=subprocess.PIPE, text=True)
    started.stdout.readline(), started.stdout.readline()  # both run
    with open("%1$s.part", "w") as file:
        file.write(os.environ["MUTIRAO_ATTEMPT_ID"])
    os.rename("%1$s.part", "%1$s")
    time.sleep(300)
    """
        .formatted(file);
  }

  /** Waits until all of them run. */
  static ProcessTree read(Path file) {
    await("three processes in " + file).atMost(Jobs.DEADLINE).until(() -> Files.exists(file));
    return new ProcessTree(Scripts.read(file));
  }

  void assertAlive() {
    assertThat(TaskProcesses.of(attempt)).hasSizeGreaterThanOrEqualTo(3);
  }

  void assertGone() {
    assertThat(TaskProcesses.of(attempt)).isEmpty();
  }
}
