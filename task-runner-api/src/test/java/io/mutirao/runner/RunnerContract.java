package io.mutirao.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a task of any kind does under a worker. A runner's test extends this, says what a task of
 * its kind is told so that it behaves in a certain way, and which worker it runs under. Nothing is
 * left out: where a kind has another way to do something, its test says which.
 */
@Timeout(600)
public abstract class RunnerContract {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** How a task is to behave. */
  public enum Deed {
    /** Print {@code done} and succeed. */
    SUCCEED,
    /** Fail with the message {@code bad luck}. */
    FAIL,
    /** End with exit code 3, or what its kind has in place of such a code. */
    EXIT_WITH_A_CODE,
    /** Start another process, print {@code up}, and run on until it is ended. */
    RUN_ON,
    /** As {@link #RUN_ON}, and take no notice of SIGTERM. */
    RUN_ON_STUBBORNLY,
    /** Print a gigabyte and succeed. */
    PRINT_A_GIGABYTE,
    /** Print the bytes 0 to 255 and succeed. */
    PRINT_BYTES,
    /** Succeed without a word. */
    PRINT_NOTHING
  }

  /** A worker. */
  public interface Stage extends AutoCloseable {

    /** Starts a task. */
    void start(ObjectNode spec) throws Exception;

    /** Waits until it prints something that holds this. */
    void awaitPrinted(String text) throws Exception;

    /** Asks it to end, as a cancellation or a time-out does. */
    void stop(Duration grace);

    /** The worker dies; nobody says goodbye. */
    void die() throws Exception;

    /** Waits for the end: how the task ended, as it is reported. */
    String awaitEnd() throws Exception;

    /** What it printed, as far as it is kept. */
    byte[] printed() throws Exception;

    /** How many of its processes live. */
    int processes();

    /** How much of what it prints is kept. */
    int limit();

    @Override
    void close();
  }

  private Stage stage;

  protected abstract Stage open() throws Exception;

  protected abstract ObjectNode spec(Deed deed) throws Exception;

  /** What is told of {@link Deed#EXIT_WITH_A_CODE}. */
  protected String code() {
    return "exit code 3";
  }

  /** What is to be kept of {@link Deed#PRINT_BYTES}. */
  protected byte[] bytes() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  /** What was printed, without what the runner itself says in between. */
  protected byte[] printedByTheTask(byte[] printed) {
    return printed;
  }

  /** Of how many processes a task consists that runs on. */
  protected int processes() {
    return 2;
  }

  /** How {@link Deed#PRINT_A_GIGABYTE} ends, and whether all that may be kept of it is. */
  protected void assertTaken(String end, int kept, int limit) {
    assertThat(end).isEqualTo("SUCCEEDED");
    assertThat(kept).isBetween(limit, limit + 200);
  }

  private void start(Deed deed) throws Exception {
    stage.start(spec(deed));
  }

  private byte[] printed() throws Exception {
    return printedByTheTask(stage.printed());
  }

  @BeforeEach
  void openStage() throws Exception {
    stage = open();
  }

  @AfterEach
  void closeStage() {
    if (stage != null) { // It is not when what it needs is missing here.
      stage.close();
    }
  }

  @Test
  void aTaskThatSucceedsIsReportedSo() throws Exception {
    start(Deed.SUCCEED);
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    assertThat(new String(printed(), UTF_8)).endsWith("done\n");
  }

  @Test
  void aTaskThatFailsTellsWhy() throws Exception {
    start(Deed.FAIL);
    assertThat(stage.awaitEnd()).startsWith("FAILED").contains("bad luck");
  }

  @Test
  void anExitCodeIsTold() throws Exception {
    start(Deed.EXIT_WITH_A_CODE);
    assertThat(stage.awaitEnd()).startsWith("FAILED").contains(code());
  }

  @Test
  void aTaskThatIsStoppedEndsWithAllThatItStarted() throws Exception {
    start(Deed.RUN_ON);
    stage.awaitPrinted("up");
    assertThat(stage.processes()).isGreaterThanOrEqualTo(processes());
    stage.stop(Duration.ofSeconds(200));
    assertThat(stage.awaitEnd()).isEqualTo("STOPPED");
    assertThat(stage.processes()).isZero();
  }

  @Test
  void aTaskThatTakesNoNoticeIsEndedWhenItsTimeIsOver() throws Exception {
    start(Deed.RUN_ON_STUBBORNLY);
    stage.awaitPrinted("up");
    stage.stop(AT_ONCE);
    assertThat(stage.awaitEnd()).isEqualTo("STOPPED");
    assertThat(stage.processes()).isZero();
  }

  @Test
  void nothingIsLeftOfATaskWhoseWorkerDies() throws Exception {
    start(Deed.RUN_ON);
    stage.awaitPrinted("up");
    stage.die();
    assertThat(stage.processes()).isZero();
  }

  @Test
  void aGigabyteOfOutputIsTakenAndCut() throws Exception {
    start(Deed.PRINT_A_GIGABYTE);
    assertTaken(stage.awaitEnd(), stage.printed().length, stage.limit());
  }

  @Test
  void bytesAreKeptAsTheyAre() throws Exception {
    start(Deed.PRINT_BYTES);
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    assertThat(printed()).isEqualTo(bytes());
  }

  @Test
  void noOutputIsNoTrouble() throws Exception {
    start(Deed.PRINT_NOTHING);
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    assertThat(printed()).isEmpty();
  }
}
