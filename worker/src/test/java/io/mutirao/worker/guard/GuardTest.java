package io.mutirao.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.worker.guard.Ended.Exited;
import io.mutirao.worker.guard.Ended.Killed;
import io.mutirao.worker.guard.Ended.LeaseOver;
import io.mutirao.worker.guard.Ended.Stopped;
import io.mutirao.worker.guard.Ended.Unguarded;
import io.mutirao.worker.guard.Programs.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GuardTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void open() throws InterruptedException {
    programs = new Programs(folder);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    programs.guard.close();
    Programs.await("the guard and its supervisors are gone", () -> programs.guards().isEmpty());
  }

  @Test
  void aTaskThatEndsTellsItsCodeAndItsLastLine() throws Exception {
    assertThat(programs.start("print('one'); print('two'); print()", LONG).awaitEnd())
        .isEqualTo(new Ended(new Exited(0), "two"));
    assertThat(programs.start("print('one'); raise ValueError('bad é')", LONG).awaitEnd())
        .isEqualTo(new Ended(new Exited(1), "ValueError: bad é"));
    assertThat(programs.start("raise SystemExit(3)", LONG).awaitEnd())
        .isEqualTo(new Ended(new Exited(3), ""));
    assertThat(programs.start("import os; os.kill(os.getpid(), 9)", LONG).awaitEnd())
        .isEqualTo(new Ended(new Killed(9), ""));
  }

  @Test
  void bothChannelsComeInTheOrderTheyWerePrinted() throws Exception {
    Running task =
        programs.start(
            "import sys\nfor i in range(3): print(i); print('e', i, file=sys.stderr)", LONG);
    task.awaitEnd();
    assertThat(task.printed()).isEqualTo("0\ne 0\n1\ne 1\n2\ne 2\n");
  }

  @Test
  void aTaskThatPrintsWithoutEndDoesNotFillTheDisk() throws Exception {
    Running task =
        programs.start("for i in range(100000): print('x' * 98)\nprint('the end')", LONG);
    assertThat(task.awaitEnd()).isEqualTo(new Ended(new Exited(0), "the end"));
    assertThat(task.printed()).hasSize(1000);
  }

  @Test
  void aProgramThatCannotBeStartedSaysWhy() throws Exception {
    Running task = programs.start("x" + "y".repeat(200_000), LONG);
    Ended end = task.awaitEnd();
    assertThat(end.why()).isEqualTo(new Exited(127));
    assertThat(end.lastLine()).contains("cannot start", "Argument list too long");
  }

  @Test
  void theLastLineIsCutAndCleaned() throws Exception {
    Running task = programs.start("print('\\x1b' + '\"é' * 1000)", LONG);
    assertThat(task.awaitEnd().lastLine()).startsWith("\"é").hasSizeLessThanOrEqualTo(1500);
  }

  @Test
  void aDaemonDoesNotOutliveTheTaskThatMadeIt() throws Exception {
    String code = "import os, time\nif os.fork() == 0:\n  os.setsid()\n  time.sleep(1000)\n";
    Running task = programs.start(code, LONG);
    assertThat(task.awaitEnd().why()).isEqualTo(new Exited(0));
    assertThat(task.processes()).isEmpty();
  }

  @Test
  void stopEndsTheWholeTree() throws Exception {
    Running task = programs.start(Programs.LEAVES_A_DAEMON, LONG);
    task.awaitPrinted("both run");
    programs.guard.stop(task.attempt(), Duration.ofSeconds(5));
    assertThat(task.awaitEnd().why()).isEqualTo(new Stopped());
    assertThat(task.processes()).isEmpty();
  }

  @Test
  void aTaskThatIgnoresTheStopIsKilledAfterTheGrace() throws Exception {
    Running task =
        programs.start(
            "import signal, time\nsignal.signal(15, lambda *a: print('no'))\nprint('up')\ntime.sleep(1000)",
            LONG);
    task.awaitPrinted("up");
    programs.guard.stop(task.attempt(), Duration.ofSeconds(1));
    assertThat(task.awaitEnd()).isEqualTo(new Ended(new Stopped(), "no"));
  }

  @Test
  void withoutRenewalTheTreeIsKilledAtTheDeadline() throws Exception {
    Running task = programs.start(Programs.LEAVES_A_DAEMON, SHORT);
    assertThat(task.awaitEnd().why()).isEqualTo(new LeaseOver());
    assertThat(task.processes()).isEmpty();
  }

  @Test
  void aRenewalMovesTheDeadlineOfThatTaskOnly() throws Exception {
    Running renewed = programs.start("import time; time.sleep(0.9); print('done')", SHORT);
    Running other = programs.start("import time; time.sleep(0.9); print('done')", SHORT);
    programs.guard.renew(Map.of(renewed.attempt(), System.nanoTime() + LONG.toNanos()));
    assertThat(other.awaitEnd().why()).isEqualTo(new LeaseOver());
    assertThat(renewed.awaitEnd()).isEqualTo(new Ended(new Exited(0), "done"));
  }

  @Test
  void aTaskWhoseLeaseIsOverIsNotStarted() throws Exception {
    Running task = programs.start("print('hi')", Duration.ofMillis(-1));
    assertThat(task.awaitEnd().why()).isEqualTo(new LeaseOver());
    assertThat(task.printed()).isEmpty();
  }

  @Test
  void theDeathOfTheWorkerEndsAllAtOnce() throws Exception {
    Running task = programs.start(Programs.LEAVES_A_DAEMON, LONG);
    task.awaitPrinted("both run");
    programs.guard.close(); // What the kernel does with the pipe of a killed worker.
    Programs.await("its processes are gone", () -> task.processes().isEmpty());
  }

  @Test
  void theDeathOfTheGuardEndsAllAndANewOneTakesOver() throws Exception {
    Running task = programs.start(Programs.LEAVES_A_DAEMON, LONG);
    task.awaitPrinted("both run");
    Programs.signal("KILL", programs.guards().getFirst());
    assertThat(task.awaitEnd().why()).isEqualTo(new Unguarded());
    assertThat(task.processes()).isEmpty();
    assertThat(programs.start("print('next')", LONG).awaitEnd().lastLine()).isEqualTo("next");
  }

  @Test
  void theDeathOfASupervisorEndsItsTreeAndNoOther() throws Exception {
    Running other = programs.start("import time; print('up'); time.sleep(1); print('ok')", LONG);
    other.awaitPrinted("up");
    Running task = programs.start(Programs.LEAVES_A_DAEMON, LONG);
    task.awaitPrinted("both run");
    Programs.signal("KILL", programs.guards().getLast());
    assertThat(task.awaitEnd().why()).isEqualTo(new Unguarded());
    assertThat(task.processes()).isEmpty();
    assertThat(other.awaitEnd()).isEqualTo(new Ended(new Exited(0), "ok"));
  }

  @Test
  void aStoppedGuardDoesNotKeepTheSupervisorsFromTheDeadline() throws Exception {
    Running task = programs.start(Programs.LEAVES_A_DAEMON, SHORT.plus(SHORT));
    task.awaitPrinted("both run");
    long guard = programs.guards().getFirst();
    Programs.signal("STOP", guard);
    try {
      assertThat(task.awaitEnd().why()).isEqualTo(new LeaseOver());
      assertThat(task.processes()).isEmpty();
    } finally {
      Programs.signal("CONT", guard);
    }
  }

  @Test
  void aStoppedSupervisorIsContinued() throws Exception {
    Running task = programs.start("import time; print('up'); time.sleep(0.3)", LONG);
    task.awaitPrinted("up");
    Programs.signal("STOP", programs.guards().getLast());
    assertThat(task.awaitEnd().why()).isEqualTo(new Exited(0));
  }
}
