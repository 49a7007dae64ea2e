package io.mutirao.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.worker.guard.Ended.Exited;
import io.mutirao.worker.guard.Ended.Killed;
import io.mutirao.worker.guard.Ended.LeaseOver;
import io.mutirao.worker.guard.Ended.Stopped;
import io.mutirao.worker.guard.Ended.Unguarded;
import io.mutirao.worker.guard.Programs.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class GuardTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(400);

  /** To do something before it is over, on a busy machine, too. */
  private static final Duration ENOUGH = Duration.ofSeconds(5);

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
    assertThat(task.printed().substring(0, 1000)).matches("(x{98}\n)+x{10}".formatted());
    assertThat(task.printed().substring(1000))
        .isEqualTo(
            "\n[The output is cut here: only its first 1000 bytes are kept. The task goes on.]\n");
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
            "import signal, sys, time\nsignal.signal(15, lambda *a: print('no'))\n"
                + "sys.stdout.write('up\\n')\ntime.sleep(1000)", // whole, before it is stopped
            LONG);
    task.awaitPrinted("up");
    programs.guard.stop(task.attempt(), Duration.ofSeconds(200));
    task.awaitPrinted("no");
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
    programs.awaitGuard();
    Running renewed = programs.start(programs.untilTold(), ENOUGH);
    Running other = programs.start(programs.untilTold(), ENOUGH);
    programs.guard.renew(Map.of(renewed.attempt(), System.nanoTime() + LONG.toNanos()));
    assertThat(other.awaitEnd().why()).isEqualTo(new LeaseOver());
    programs.tell();
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
    Running other = programs.start(programs.untilTold(), LONG);
    other.awaitPrinted("up");
    Running task = programs.start(Programs.LEAVES_A_DAEMON, LONG);
    task.awaitPrinted("both run");
    Programs.signal("KILL", programs.guards().getLast());
    assertThat(task.awaitEnd().why()).isEqualTo(new Unguarded());
    assertThat(task.processes()).isEmpty();
    programs.tell();
    assertThat(other.awaitEnd()).isEqualTo(new Ended(new Exited(0), "done"));
  }

  @Test
  void aStoppedGuardDoesNotKeepTheSupervisorsFromTheDeadline() throws Exception {
    programs.awaitGuard();
    Running task = programs.start(Programs.LEAVES_A_DAEMON, ENOUGH);
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
    Running task = programs.start(programs.untilTold(), LONG);
    task.awaitPrinted("up");
    Programs.signal("STOP", programs.guards().getLast());
    programs.tell();
    assertThat(task.awaitEnd().why()).isEqualTo(new Exited(0));
  }

  @Test
  void aScriptThatFindsAnInterpreterReadyRunsAsIfItHadStartedIt() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("script.py"),
            """
            import os, sys
            print(__name__, __file__ == sys.argv[0], sys.argv[1:], os.getcwd(), os.environ)
            print(sys.path[0], sys.modules["__main__"].__dict__ is globals())
            print(open("/proc/self/environ").read().replace("\\0", " "))
            print(sys.orig_argv[-1].endswith("warm.py"))
            """);
    programs.keepWarm(2);
    programs.awaitWarm();
    Running task = programs.startWarm(script, LONG, "a", "b c");
    assertThat(task.awaitEnd().why()).isEqualTo(new Exited(0));
    assertThat(task.printed())
        .startsWith("__main__ True ['a', 'b c'] " + folder + " environ({'MUTIRAO_ATTEMPT_ID': '")
        .contains("\n" + folder + " True\n", "\nMUTIRAO_ATTEMPT_ID=" + task.attempt() + " ");
    assertThat(task.printed()).endsWith("True\n");
  }

  @Test
  void interpretersOfEnvironmentsWaitFromTheirFirstTaskOnAndSeeTheirOwn() throws Exception {
    Path first = programs.environment("first");
    Path second = programs.environment("second");
    Path script =
        Files.writeString(
            folder.resolve("script.py"),
            """
            import importlib.util, sys
            print([m for m in ("first", "second") if importlib.util.find_spec(m)], sys.orig_argv[-1])
            """);
    programs.keepWarm(1);
    programs.awaitWarm();

    for (Path python : List.of(first, second)) {
      assertThat(programs.startWarm(python, script, LONG).awaitEnd().lastLine())
          .endsWith("] " + script);
    }
    programs.awaitWarm(first);
    programs.awaitWarm(second);

    String warm = "] " + folder.resolve("warm.py");
    assertThat(programs.startWarm(second, script, LONG).awaitEnd().lastLine())
        .isEqualTo("['second'" + warm);
    assertThat(programs.startWarm(first, script, LONG).awaitEnd().lastLine())
        .isEqualTo("['first'" + warm);
    assertThat(programs.startWarm(script, LONG).awaitEnd().lastLine()).isEqualTo("[" + warm);
  }

  @Test
  void errorsAndCodesOfSuchAScriptAreThoseOfAnyOther() throws Exception {
    programs.keepWarm(1);
    Path fails =
        Files.writeString(folder.resolve("fails.py"), "def f():\n  raise ValueError(1)\nf()");
    Running task = programs.startWarm(fails, LONG);
    assertThat(task.awaitEnd()).isEqualTo(new Ended(new Exited(1), "ValueError: 1"));
    assertThat(task.printed())
        .startsWith(
            "Traceback (most recent call last):\n  File \"" + fails + "\", line 3, in <module>");
    programs.awaitWarm();
    Path exits = Files.writeString(folder.resolve("exits.py"), "import sys; sys.exit(3)");
    assertThat(programs.startWarm(exits, LONG).awaitEnd().why()).isEqualTo(new Exited(3));
    programs.awaitWarm();
    Path wrong = Files.writeString(folder.resolve("wrong.py"), "x = (");
    assertThat(programs.startWarm(wrong, LONG).awaitEnd().lastLine()).startsWith("SyntaxError");
  }

  @Test
  void anInterpreterThatWaitsEndsWithItsGuard() throws Exception {
    programs.keepWarm(2);
    programs.awaitWarm();
    Programs.signal("KILL", programs.guards().getFirst());
    Programs.await("no interpreter waits", () -> programs.warm().isEmpty());
  }

  @Test
  void aTaskThatIsStoppedBeforeItsInterpreterKnowsOfItEnds() throws Exception {
    programs.keepWarm(1);
    Path script = Files.writeString(folder.resolve("script.py"), "import time\ntime.sleep(1000)\n");
    for (int i = 0; i < 10; i++) {
      programs.awaitWarm();
      Running task = programs.startWarm(script, LONG);
      programs.guard.stop(task.attempt(), Duration.ofSeconds(5));
      assertThat(task.awaitEnd().why()).isEqualTo(new Stopped());
    }
  }

  @Test
  void whoKillsTheInterpretersThatWaitHarmsNoTask() throws Exception {
    programs.keepWarm(1);
    programs.awaitWarm();
    for (int i = 0; i < 3; i++) {
      for (String pid : programs.warm()) {
        Programs.signal("KILL", Long.parseLong(pid));
      }
    }
    Path script = Files.writeString(folder.resolve("script.py"), "print('ran')");
    assertThat(programs.startWarm(script, LONG).awaitEnd())
        .isEqualTo(new Ended(new Exited(0), "ran"));
  }

  @Test
  void aTaskInAnInterpreterThatWaitedIsGuardedAsAnyOther() throws Exception {
    programs.keepWarm(1);
    programs.awaitWarm();
    Path script = Files.writeString(folder.resolve("script.py"), Programs.LEAVES_A_DAEMON);
    Running task = programs.startWarm(script, SHORT);
    assertThat(task.awaitEnd().why()).isEqualTo(new LeaseOver());
    assertThat(task.processes()).isEmpty();
  }
}
