package io.mutirao.contracts.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.RunJob;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from outside: read when it can be, else one line that tells what to mend. */
final class CodecTest {

  @Test
  void aPropertyNobodyKnowsIsTolerated() throws Unreadable {
    assertThat(read("{'type':'CancelRun','run':8,'by':'ana','colour':'blue'}"))
        .isEqualTo(new CancelRun(new RunId(8), "ana"));
  }

  @Test
  void theTypeMayStandLast() throws Unreadable {
    assertThat(read("{'run':8,'by':'ana','type':'CancelRun'}"))
        .isEqualTo(new CancelRun(new RunId(8), "ana"));
  }

  @Test
  void parametersAndTokenMayBeLeftOut() throws Unreadable {
    assertThat(read("{'type':'RunJob','job':8,'by':'ana'}"))
        .isEqualTo(RunJob.of(new JobId(8), Map.of(), null, "ana"));
  }

  @Test
  void whatIsNotSetIsNotWritten() {
    var run = RunJob.of(new JobId(8), Map.of(), null, "ana");

    assertThat(new String(Codec.encode(run), UTF_8))
        .isEqualTo("{\"type\":\"RunJob\",\"job\":8,\"parameters\":{},\"by\":\"ana\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'CancelRun','run':0,'by':'ana'}                | a run id is a whole number from 1
          {'type':'CancelRun','run':-8,'by':'ana'}               | a run id is a whole number from 1
          {'type':'CancelRun','run':9007199254740992,'by':'ana'} | to 9007199254740991, not 900719925474
          {'type':'CancelRun','run':1e300,'by':'ana'}            | run
          {'type':'CancelRun','run':8.5,'by':'ana'}              | run
          {'type':'CancelRun','run':true,'by':'ana'}             | run
          {'type':'CancelRun','run':{},'by':'ana'}               | run
          {'type':'CancelRun','run':null,'by':'ana'}             | run is missing
          {'type':'CancelRun','by':'ana'}                        | run is missing
          {'type':'CancelRun','run':8}                           | by is missing
          {'type':'ForgetJob','job':8}                           | version
          {'type':'ForgetJob','job':8,'version':null}            | version
          {'type':'RunJob','job':8,'by':'ana','token':''}        | token: 1 to 64 characters, not 0
          {'type':'PauseRun','run':8,'by':'ana'}                 | PauseRun
          {'type':'CreateJob','by':'ana'}                        | CreateJob
          {'run':8,'by':'ana'}                                   | type
          {'type':'CancelRun','run':8,'by':'ana'} {}             | Trailing
          {'type':'CancelRun','run':8                            | not JSON
          hello                                                  | not JSON
          [8]                                                    | CancelRun
          8                                                      | type
          null                                                   | null
          ""                                                     | No content
          """)
  void whatIsNoMessageIsUnreadableAndSaysWhy(String json, String why) {
    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.getMessage()).contains(why).hasLineCount(1));
  }

  @Test
  void aDefinitionOutOfRangeIsUnreadable() {
    var json = Golden.json(io.mutirao.contracts.job.JobCommand.CreateJob.class);
    json.withObject("/definition").put("maxConcurrentRuns", 1001);

    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> Codec.decode(Topics.JOB_COMMANDS, json.toString().getBytes(UTF_8)))
        .withMessageContaining("maxConcurrentRuns: from 0 to 1000, not 1001");
  }

  private static RunCommand read(String json) throws Unreadable {
    return Codec.decode(Topics.RUN_COMMANDS, json.replace('\'', '"').getBytes(UTF_8));
  }
}
