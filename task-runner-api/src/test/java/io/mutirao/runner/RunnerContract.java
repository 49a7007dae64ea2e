package io.mutirao.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a task of any kind does under a worker. A runner's test extends this, says what a task of
 * its kind is told so that it behaves in a certain way, and which worker it runs under.
 */
@Timeout(120)
public abstract class RunnerContract {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** How a task is to behave. */
  public enum Deed {
    /** Print {@code done} and succeed. */
    SUCCEED,
    /** Fail with the message {@code bad luck}. */
    FAIL,
    /** End with exit code 3. */
    EXIT_WITH_3,
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

  /**
   * What tasks of this kind have no way to do, or what takes long and is no matter of its runner.
   */
  protected Set<Deed> leftOut() {
    return Set.of();
  }

  private void start(Deed deed) throws Exception {
    assumeFalse(leftOut().contains(deed), () -> deed + " is left out for tasks of this kind");
    stage.start(spec(deed));
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
    assertThat(new String(stage.printed(), java.nio.charset.StandardCharsets.UTF_8))
        .endsWith("done\n");
  }

  @Test
  void aTaskThatFailsTellsWhy() throws Exception {
    start(Deed.FAIL);
    assertThat(stage.awaitEnd()).startsWith("FAILED").endsWith("bad luck");
  }

  @Test
  void anExitCodeIsTold() throws Exception {
    start(Deed.EXIT_WITH_3);
    assertThat(stage.awaitEnd()).startsWith("FAILED").contains("exit code 3");
  }

  @Test
  void aTaskThatIsStoppedEndsWithAllThatItStarted() throws Exception {
    start(Deed.RUN_ON);
    stage.awaitPrinted("up");
    assertThat(stage.processes()).isGreaterThanOrEqualTo(2);
    stage.stop(Duration.ofSeconds(30));
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
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    assertThat(stage.printed().length).isBetween(stage.limit(), stage.limit() + 200);
  }

  @Test
  void bytesAreKeptAsTheyAre() throws Exception {
    start(Deed.PRINT_BYTES);
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(stage.printed()).isEqualTo(all);
  }

  @Test
  void noOutputIsNoTrouble() throws Exception {
    start(Deed.PRINT_NOTHING);
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    assertThat(stage.printed()).isEmpty();
  }
}
