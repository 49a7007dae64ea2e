package io.mutirao.gateway.databricks.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacePathTest {

  @ParameterizedTest
  @CsvSource({
    "/Users/a/b, /Users/a/b, workspace/Users/a/b",
    "/Users/a/b/, /Users/a/b, workspace/Users/a/b",
    "/Workspace/Users/a/b, /Workspace/Users/a/b, workspace/Users/a/b",
    "/Workspaces/a, /Workspaces/a, workspace/Workspaces/a",
    "/Workspace, /Workspace, workspace",
    "/, /, workspace"
  })
  void bothWaysToWriteAPathAreOnePlace(String given, String text, String object) throws Rejected {
    WorkspacePath path = WorkspacePath.of("path", given);
    assertThat(path.text()).isEqualTo(text);
    assertThat(path.object().value()).isEqualTo(object);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "//a",
        "/a//b",
        "/..",
        "/a/../b",
        "/Workspace/../dbfs",
        "/./a",
        "/a\0",
        "/a\\b"
      })
  void aPathThatCouldLeadOutIsRefused(String given) {
    assertThatThrownBy(() -> WorkspacePath.of("path", given))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("path");
  }

  @Test
  void aUsersFolderIsHisAndTheAdministrators() throws Rejected {
    User maria = User.of("maria", Set.of());
    assertThat(Folders.mayEnter(maria, path("/Users/maria/x"))).isTrue();
    assertThat(Folders.mayEnter(maria, path("/Users/pedro/x"))).isFalse();
    assertThat(Folders.mayEnter(maria, path("/Workspace/Users/pedro"))).isFalse();
    assertThat(Folders.mayEnter(maria, path("/Users"))).isTrue();
    assertThat(Folders.mayEnter(maria, path("/Shared/pedro"))).isTrue();
    assertThat(Folders.mayEnter(User.administrator("admin"), path("/Users/pedro/x"))).isTrue();
  }

  @Test
  void whatMeansSomethingIsProtected() throws Rejected {
    for (String path : new String[] {"/", "/Users", "/Shared", "/Users/maria", "/Workspace"}) {
      assertThat(Folders.isProtected(path(path))).isTrue();
    }
    for (String path : new String[] {"/Users/maria/x", "/Shared/x", "/other"}) {
      assertThat(Folders.isProtected(path(path))).isFalse();
    }
  }

  private static WorkspacePath path(String text) throws Rejected {
    return WorkspacePath.of("path", text);
  }
}
