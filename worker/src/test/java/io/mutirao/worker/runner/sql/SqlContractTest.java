package io.mutirao.worker.runner.sql;

import static io.mutirao.worker.runner.Trial.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.LibraryFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements do, on a real database. */
class SqlContractTest extends RunnerContract {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static Warehouse warehouse;

  @TempDir Path folder;
  private WorkerStage stage;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    warehouse = new Warehouse(data);
  }

  @AfterAll
  static void stop() throws Exception {
    if (warehouse != null) {
      warehouse.stop();
    }
  }

  @Override
  protected Stage open() throws Exception {
    stage =
        new WorkerStage(
            folder,
            Interpreter.resolve("python3"),
            new SqlRunner(warehouse.asConfigured(), new LibraryFiles(true), WorkerStage.LIMIT));
    return stage;
  }

  @Override
  protected ObjectNode spec(Deed deed) {
    return statements(
        switch (deed) {
          case SUCCEED -> notice("'done'");
          case FAIL -> "do $$ begin raise exception 'bad luck'; end $$";
          case EXIT_WITH_A_CODE ->
              "do $$ begin raise exception 'no' using errcode = 'EX003'; end $$";
          case RUN_ON -> notice("'up'") + "; select pg_sleep(1000)";
          case RUN_ON_STUBBORNLY ->
              notice("'up'")
                  + "; do $$ begin loop begin perform pg_sleep(1000);"
                  + " exception when query_canceled then raise notice 'no'; end; end loop; end $$";
          case PRINT_A_GIGABYTE ->
              "do $$ begin for i in 1..1024 loop raise notice '%', repeat('x', 1048576); end loop; end $$";
          case PRINT_BYTES ->
              notice("(select string_agg(chr(i), '' order by i) from generate_series(1, 255) i)");
          case PRINT_NOTHING -> "-- nothing is to be done";
        });
  }

  private static String notice(String text) {
    return "do $$ begin raise notice '%', " + text + "; end $$";
  }

  private static ObjectNode statements(String text) {
    ObjectNode spec = Codec.JSON.createObjectNode().put("warehouse_id", "reports");
    spec.putObject("query").put("query_text", text);
    return spec;
  }

  /** A statement has no exit code, but the database's own. */
  @Override
  protected String code() {
    return "SQLSTATE: EX003";
  }

  /** A database says text, a notice a line of it, and never the character 0. */
  @Override
  protected byte[] bytes() {
    byte[] characters = Arrays.copyOfRange(super.bytes(), 1, 256);
    return (new String(characters, ISO_8859_1) + "\n").getBytes(UTF_8);
  }

  /** Of each statement its runner says how many rows it changed. */
  @Override
  protected byte[] printedByTheTask(byte[] printed) {
    return new String(printed, ISO_8859_1)
        .replaceAll("(?m)^0 rows changed\n", "")
        .getBytes(ISO_8859_1);
  }

  /** The other one is the database's. */
  @Override
  protected int processes() {
    return 1;
  }

  @Test
  void whatIsStoppedEndsInTheDatabaseToo() throws Exception {
    begin(Deed.RUN_ON);
    stage.stop(Duration.ofSeconds(200));
    assertThat(stage.awaitEnd()).isEqualTo("STOPPED");
    awaitNoStatement();
  }

  @Test
  void whatIsKilledEndsInTheDatabaseTooWhateverItCatches() throws Exception {
    begin(Deed.RUN_ON_STUBBORNLY);
    stage.die();
    awaitNoStatement();
  }

  @Test
  void aGigabyteOfRowsIsTakenAndCut() throws Exception {
    stage.start(statements("select repeat('x', 1048576) as x from generate_series(1, 1024)"));
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    JsonNode result = stage.result();
    assertThat(result.path("truncated").asBoolean()).isTrue();
    assertThat(result.path("rows")).hasSize(3);
    assertThat(result.at("/rows/2/0").asText()).isEqualTo("x".repeat(1048576));
  }

  @Test
  void manyNarrowRowsAreAllThereInTheirOrder() throws Exception {
    stage.start(statements("select i from generate_series(1, 9999) i"));
    assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
    assertThat(stage.result().path("truncated").asBoolean()).isFalse();
    assertThat(stage.result().path("rows"))
        .hasSize(9999)
        .last()
        .isEqualTo(json("{'row':['9999']}").path("row"));
  }

  private void begin(Deed deed) throws Exception {
    stage.start(spec(deed));
    stage.awaitPrinted("up");
    awaitStatements(1);
  }

  private static void awaitNoStatement() throws SQLException {
    awaitStatements(0);
  }

  private static void awaitStatements(int count) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (warehouse.statements() != count) {
      assertThat(System.nanoTime())
          .as("no " + count + " statements in the database")
          .isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
