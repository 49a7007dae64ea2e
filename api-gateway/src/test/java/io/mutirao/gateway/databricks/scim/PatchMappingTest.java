package io.mutirao.gateway.databricks.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.GroupView.Member;
import io.mutirao.contracts.access.UserView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchMappingTest {

  private static final UserView MARIA =
      new UserView(1_001, "maria", "Maria", true, List.of(), null);
  private static final GroupView DATA =
      new GroupView(2_001, "data", List.of(new Member(1_001, "maria"), new Member(1_002, "pedro")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'replace','path':'active','value':false}",
        "{'op':'Replace','path':'active','value':'False'}",
        "{'op':'replace','value':{'active':false}}",
        "{'op':'add','path':'active','value':false}"
      })
  void aUserIsMadeInactiveInEveryWayThatClientsSay(String operation) throws Exception {
    assertThat(PatchMapping.user(MARIA, operations(operation)).active()).isFalse();
  }

  @Test
  void membersComeAndGo() throws Exception {
    assertThat(members("{'op':'add','path':'members','value':[{'value':'1003'}]}"))
        .containsExactly(1_001L, 1_002L, 1_003L);
    assertThat(members("{'op':'add','path':'members','value':[{'value':'1001'}]}"))
        .containsExactly(1_001L, 1_002L);
    assertThat(members("{'op':'remove','path':'members[value eq \\\"1001\\\"]'}"))
        .containsExactly(1_002L);
    assertThat(members("{'op':'replace','path':'members','value':[{'value':'7000'}]}"))
        .containsExactly(7_000L);
    assertThat(members("{'op':'remove','path':'members'}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'move','path':'active','value':false}",
        "{'path':'active','value':false}",
        "{'op':'replace','path':'userName','value':'pedro'}",
        "{'op':'replace','path':'active'}",
        "{'op':'replace','path':'active','value':'perhaps'}",
        "{'op':'remove','path':'active'}",
        "{'op':'replace','value':'x'}",
        "{'op':'replace','path':'displayName','value':5}",
        "{'op':'replace','path':'displayName','value':'a/b'}"
      })
  void whatCannotBeDoneIsRefusedAndNamed(String operation) {
    assertThatThrownBy(() -> PatchMapping.user(MARIA, operations(operation)))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("Operations[0].");
  }

  private static List<Long> members(String operation) throws Exception {
    return PatchMapping.group(DATA, operations(operation)).members().stream()
        .map(Member::id)
        .toList();
  }

  private static Fields operations(String operation) throws JsonProcessingException {
    String body = "{'Operations':[" + operation + "]}";
    return Fields.of((ObjectNode) Codec.JSON.readTree(body.replace('\'', '"')));
  }
}
