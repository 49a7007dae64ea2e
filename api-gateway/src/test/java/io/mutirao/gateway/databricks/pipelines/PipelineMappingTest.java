package io.mutirao.gateway.databricks.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.access.PipelineRuns.Standing;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineMappingTest {

  private static final String LIBRARIES = "'libraries':[{'notebook':{'path':'/a'}}]";

  @Test
  void whatAPipelineIsIsKeptAndWhatTheRequestAskedIsNot() throws Exception {
    assertThat(
            PipelineMapping.spec(
                in(
                    "{'name':'p','allow_duplicate_names':true,'dry_run':false,'target':null,'tags':{'a':'b'},"
                        + LIBRARIES
                        + "}"),
                "7"))
        .isEqualTo(json("{'name':'p','tags':{'a':'b'}," + LIBRARIES + ",'id':'7'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'libraries':[]} | name: required field is missing, expected a string",
        "{'name':'p'} | libraries: expected from 1 to 100 of them, not 0",
        "{'name':'p','libraries':[{'jar':'dbfs:/x.jar'}]} | libraries[0].: expected exactly one of notebook, file, glob, not jar",
        "{'name':'p','libraries':[{'notebook':{'path':'a'}}]} | libraries[0].notebook.path: expected an absolute path of the workspace, which starts with /, not \"a\"",
        "{'name':'p','libraries':[{'glob':{'include':'/a'}}]} | libraries[0].glob.include: expected an absolute path of a folder with /** at its end, not \"/a\"",
        "{'name':'p','continuous':true,'libraries':[{'file':{'path':'/a.py'}}]} | continuous: expected false; a pipeline runs when an update starts",
        "{'name':'p','configuration':{'a':1},'libraries':[{'file':{'path':'/a.py'}}]} | configuration.a: expected a string, not 1",
        "{'name':'p','ingestion_definition':{}} | ingestion_definition: not served here; expected libraries with notebooks and files",
      })
  void aWrongFieldIsNamed(String sent, String message) {
    assertThatThrownBy(() -> PipelineMapping.spec(in(sent), "7"))
        .isInstanceOfSatisfying(
            Rejected.class,
            e -> assertThat(e.problem()).hasFieldOrPropertyWithValue("message", message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'refresh_selection':['a']} | refresh_selection: expected none; an update runs the whole pipeline here",
        "{'full_refresh_selection':['a']} | full_refresh_selection: expected none; an update runs the whole pipeline here",
        "{'validate_only':true} | validate_only: expected false; an update runs the pipeline here",
        "{'rewind_spec':{'dry_run':true}} | rewind_spec: not served here; an update runs the pipeline as it is defined",
        "{'parameters':{'a':'b'}} | parameters: not served here; an update runs the pipeline as it is defined",
      })
  void anUpdateThatWouldDoAnotherThingIsRefused(String sent, String message) {
    assertThatThrownBy(() -> PipelineMapping.update(in(sent), 1))
        .isInstanceOfSatisfying(
            Rejected.class,
            e -> assertThat(e.problem()).hasFieldOrPropertyWithValue("message", message));
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    List<PipelineView> all = List.of(named("b", "2"), named("A", "1"), named("a", "3"));
    PipelineList.Page first = PipelineList.of(in("{'max_results':2}")).page(all);
    assertThat(first.pipelines()).extracting(PipelineView::id).containsExactly("1", "3");
    PipelineList.Page second =
        PipelineList.of(in("{'max_results':2,'page_token':'" + first.next() + "'}")).page(all);
    assertThat(second.pipelines()).extracting(PipelineView::id).containsExactly("2");
    assertThat(second.next()).isNull();
    assertThat(
            PipelineList.of(in("{'order_by':['id desc'],'filter':`name LIKE '%A%'`}"))
                .page(all)
                .pipelines())
        .extracting(PipelineView::id)
        .containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED,,QUEUED,STARTING",
    "PENDING,,WAITING_FOR_RESOURCES,STARTING",
    "RUNNING,,RUNNING,RUNNING",
    "TERMINATING,,STOPPING,STOPPING",
    "FINISHED,SUCCEEDED,COMPLETED,IDLE",
    "FINISHED,CANCELED,CANCELED,IDLE",
    "FINISHED,TIMED_OUT,FAILED,FAILED",
  })
  void anUpdateStandsWhereItsRunDoes(Phase phase, Result result, String update, String pipeline) {
    Standing standing = new Standing(phase, result);
    assertThat(PipelineStates.of(standing)).isEqualTo(update);
    assertThat(PipelineStates.ofPipeline(List.of(standing))).isEqualTo(pipeline);
  }

  private static PipelineView named(String name, String id) throws JsonProcessingException {
    return new PipelineView(id, name, json("{}"), "ana", Instant.EPOCH, List.of());
  }

  private static Fields in(String text) throws JsonProcessingException {
    return Fields.of(json(text));
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode)
        Codec.JSON.readTree(
            text.contains("`")
                ? text.replace('\'', '"').replace("LIKE \"%A%\"", "LIKE '%A%'").replace('`', '"')
                : text.replace('\'', '"'));
  }
}
