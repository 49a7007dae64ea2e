package io.mutirao.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.task.Ending;
import io.mutirao.worker.guard.Ended;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void codeZeroIsSuccessWhateverWasPrinted() {
    assertThat(Verdict.of(new Ended(new Ended.Exited(0), "bye"), null))
        .isEqualTo(Verdict.succeeded());
  }

  @Test
  void anExceptionIsToldByItsLastLine() {
    assertThat(message(new Ended.Exited(1), "ValueError: bad")).isEqualTo("ValueError: bad");
  }

  @Test
  void anotherCodeIsTold() {
    assertThat(message(new Ended.Exited(3), "")).isEqualTo("exit code 3");
    assertThat(message(new Ended.Exited(2), "usage: x")).isEqualTo("exit code 2: usage: x");
    assertThat(message(new Ended.Exited(1), "")).isEqualTo("exit code 1");
  }

  @Test
  void aSignalIsToldAndNotWhatWasPrintedBefore() {
    assertThat(message(new Ended.Killed(9), "working")).isEqualTo("killed by signal 9");
  }

  @Test
  void behindWallsACodeMayHaveBeenASignal() {
    assertThat(message(new Ended.ExitedOrKilled(137, 9), ""))
        .isEqualTo("exit code 137, or killed by signal 9");
    assertThat(message(new Ended.ExitedOrKilled(130, 2), "bye"))
        .isEqualTo("exit code 130, or killed by signal 2: bye");
    assertThat(message(new Ended.OutOfMemory(), "loading"))
        .isEqualTo("a process was killed: the task has used up its memory: loading");
  }

  @Test
  void whoAskedForTheStopDecidesHowItEnds() {
    assertThat(Verdict.of(new Ended(new Ended.Stopped(), ""), StopReason.ASKED).ending())
        .isEqualTo(Ending.STOPPED);
    Verdict atShutdown = Verdict.of(new Ended(new Ended.Stopped(), ""), StopReason.WORKER_STOPS);
    assertThat(atShutdown.ending()).isEqualTo(Ending.FAILED);
    assertThat(atShutdown.message()).isEqualTo("the worker was stopped");
  }

  @Test
  void aLongLineIsCut() {
    assertThat(message(new Ended.Exited(1), "x".repeat(5000))).hasSize(1000);
  }

  private static String message(Ended.Why why, String last) {
    Verdict verdict = Verdict.of(new Ended(why, last), null);
    assertThat(verdict.ending()).isEqualTo(Ending.FAILED);
    return verdict.message();
  }
}
