package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, groups and tokens, on the real registry. */
@OnJourneyStack
class UsersIT {

  private static final String SCIM = "/api/2.0/preview/scim/v2/";
  private static final String TOKEN = "/api/2.0/token/";

  private final Api admin;

  UsersIT(Mutirao mutirao) {
    admin = Api.administrator(mutirao);
  }

  // ---- users

  @Test
  void theAdministratorIsAUserToo() {
    JsonNode me = admin.get(SCIM + "Me").ok();
    assertThat(me.path("userName").asText()).isEqualTo("admin");
    assertThat(me.path("groups").findValuesAsText("display")).containsExactly("admins", "users");
    assertThat(admin.get(SCIM + "Users/" + me.path("id").asText()).ok().path("userName").asText())
        .isEqualTo("admin");
  }

  @Test
  void aUserWithATokenIsSomebody() {
    String name = Api.name("Maria");
    Api maria = admin.asNewUser(name);
    JsonNode me = maria.get(SCIM + "Me").ok();
    assertThat(me.path("userName").asText()).isEqualTo(name);
    assertThat(me.path("active").asBoolean()).isTrue();
    assertThat(me.path("groups").findValuesAsText("display")).containsExactly("users");
  }

  @Test
  void aUserIsFoundByNameWhateverItsLetters() {
    String name = Api.name("Joao");
    String id = admin.makeUser(name).path("id").asText();
    String filter = "filter=userName%20eq%20%22" + name.toUpperCase(java.util.Locale.ROOT);
    JsonNode found = admin.get(SCIM + "Users?" + filter + "%22").ok();
    assertThat(found.path("totalResults").asInt()).isEqualTo(1);
    assertThat(found.path("Resources").path(0).path("id").asText()).isEqualTo(id);
  }

  @Test
  void noTwoUsersHaveOneName() {
    String name = Api.name("ana");
    admin.makeUser(name);
    Answer again = admin.post(SCIM + "Users", Map.of("userName", "A" + name.substring(1)));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("scimType").asText()).isEqualTo("uniqueness");
    assertThat(again.json().path("detail").asText()).contains("already");
  }

  @Test
  void onlyAdministratorsChangeUsers() {
    Api maria = admin.asNewUser(Api.name("maria"));
    Answer answer = maria.post(SCIM + "Users", Map.of("userName", Api.name("other")));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().path("status").asText()).isEqualTo("403");
    assertThat(maria.delete(SCIM + "Users/1").status()).isEqualTo(403);
    assertThat(maria.get(SCIM + "Users/1").status()).isEqualTo(200);
  }

  @Test
  void whoIsInTheGroupOfTheAdministratorsIsOne() {
    String name = Api.name("boss");
    String id = admin.makeUser(name).path("id").asText();
    Api boss = admin.as(name);
    assertThat(boss.post(SCIM + "Users", Map.of("userName", Api.name("x"))).status())
        .isEqualTo(403);
    admin.patch(SCIM + "Groups/2", members("add", id)).ok();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> boss.post(SCIM + "Users", Map.of("userName", Api.name("x"))).status() == 201);
    admin.patch(SCIM + "Groups/2", members("remove", id)).ok();
    assertThat(boss.post(SCIM + "Users", Map.of("userName", Api.name("x"))).status())
        .isEqualTo(403);
  }

  @Test
  void whoWasDeletedIsNotNamedAsCreatorUntilHeComesAgain() {
    String name = Api.name("ana");
    Api ana = admin.asNewUser(name);
    long job =
        ana.post(
                "/api/2.0/jobs/create",
                Map.of("noop_task", Map.of(), "max_concurrent_runs", 0, "name", name))
            .ok()
            .path("job_id")
            .asLong();
    long run =
        ana.post("/api/2.0/jobs/run-now", Map.of("job_id", job)).ok().path("run_id").asLong();
    List<String> all =
        List.of(
            "/api/2.0/jobs/get?job_id=" + job,
            "/api/2.2/jobs/runs/get?run_id=" + run,
            "/api/2.0/jobs/runs/list?job_id=" + job);
    String user = ana.get(SCIM + "Me").ok().path("id").asText();
    assertThat(all)
        .allSatisfy(path -> assertThat(creators(path)).containsExactly(name))
        .allSatisfy(path -> assertThat(creators(path)).containsExactly(name));

    assertThat(admin.delete(SCIM + "Users/" + user).status()).isEqualTo(204);
    assertThat(all).allSatisfy(path -> assertThat(creators(path)).isEmpty());
    admin.makeUser(name);
    assertThat(all).allSatisfy(path -> assertThat(creators(path)).containsExactly(name));
  }

  private List<String> creators(String path) {
    return admin.get(path).ok().findValuesAsText("creator_user_name");
  }

  private static Map<String, ?> members(String op, String id) {
    return Map.of(
        "Operations",
        List.of(Map.of("op", op, "path", "members", "value", List.of(Map.of("value", id)))));
  }

  @Test
  void aGroupIsMadeShownRenamedAndDeleted() {
    String name = Api.name("group");
    String user = admin.makeUser(Api.name("member")).path("id").asText();
    Answer made =
        admin.post(
            SCIM + "Groups",
            Map.of("displayName", name, "members", List.of(Map.of("value", user))));
    assertThat(made.status()).isEqualTo(201);
    String path = SCIM + "Groups/" + made.json().path("id").asText();
    assertThat(admin.get(path).ok().path("members").findValuesAsText("value"))
        .containsExactly(user);
    admin.put(path, Map.of("displayName", name + "2")).ok();
    assertThat(admin.get(path).ok().path("displayName").asText()).isEqualTo(name + "2");
    assertThat(admin.get(path).ok().path("members")).isEmpty();
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"userName\":5}",
        "{\"userName\":\"\"}",
        "{\"userName\":\" x\"}",
        "{\"userName\":\"a/b\"}",
        "{\"userName\":\"..\"}",
        "{\"userName\":\"a\\nb\"}",
        "{\"userName\":\"a\",\"active\":\"yes\"}",
        "[]"
      })
  void aUserThatCannotBeIsRefusedInScimsWords(String body) {
    Answer answer = admin.post(SCIM + "Users", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("schemas").path(0).asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(answer.json().path("detail").asText()).isNotBlank();
    assertThat(answer.json().path("status").asText()).isEqualTo("400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Users/999", "Users/abc", "Users/-1", "Groups/999", "Nothing"})
  void whatIsNotThereIsNotFound(String path) {
    assertThat(admin.get(SCIM + path).status()).isIn(400, 404);
  }

  // ---- tokens

  @Test
  void aTokenIsShownOnceAndWorksUntilItIsDeleted() {
    Api maria = admin.asNewUser(Api.name("maria"));
    JsonNode made =
        maria.post(TOKEN + "create", Map.of("comment", "laptop", "lifetime_seconds", 3600)).ok();
    String id = made.path("token_info").path("token_id").asText();
    Api laptop = admin.with(made.path("token_value").asText());
    assertThat(laptop.get(SCIM + "Me").status()).isEqualTo(200);

    JsonNode listed = maria.get(TOKEN + "list").ok();
    assertThat(listed.toString()).doesNotContain(made.path("token_value").asText());
    assertThat(listed.path("token_infos").findValuesAsText("token_id")).contains(id);
    JsonNode info = made.path("token_info");
    assertThat(info.path("expiry_time").asLong() - info.path("creation_time").asLong())
        .isEqualTo(3_600_000);

    assertThat(maria.post(TOKEN + "delete", Map.of("token_id", id)).ok()).isEmpty();
    assertThat(laptop.get(SCIM + "Me").status()).isEqualTo(403);
    assertThat(maria.post(TOKEN + "delete", Map.of("token_id", id)).errorCode())
        .isEqualTo("RESOURCE_DOES_NOT_EXIST");
  }

  @Test
  void aTokenEndsWhenItsTimeIsOver() {
    Api maria = admin.asNewUser(Api.name("maria"));
    String value =
        maria
            .post(TOKEN + "create", Map.of("lifetime_seconds", 1))
            .ok()
            .path("token_value")
            .asText();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> admin.with(value).get(SCIM + "Me").status() == 403);
  }

  @Test
  void anothersTokenIsNotThere() {
    Api maria = admin.asNewUser(Api.name("maria"));
    Api pedro = admin.asNewUser(Api.name("pedro"));
    String id =
        maria.post(TOKEN + "create", Map.of()).ok().path("token_info").path("token_id").asText();
    assertThat(pedro.post(TOKEN + "delete", Map.of("token_id", id)).status()).isEqualTo(404);
    assertThat(pedro.get(TOKEN + "list").text()).doesNotContain(id);
    assertThat(pedro.get("/api/2.0/token-management/tokens").status()).isEqualTo(403);
    assertThat(admin.get("/api/2.0/token-management/tokens").text()).contains(id);
    admin.delete("/api/2.0/token-management/tokens/" + id).ok();
    assertThat(maria.get(TOKEN + "list").text()).doesNotContain(id);
  }

  @Test
  void theTokensOfAUserWhoIsInactiveOrGoneDoNotWork() {
    String name = Api.name("leaver");
    String path = SCIM + "Users/" + admin.makeUser(name).path("id").asText();
    Api leaver = admin.as(name);
    assertThat(leaver.get(SCIM + "Me").status()).isEqualTo(200);
    var inactive = Map.of("op", "replace", "path", "active", "value", false);
    admin.patch(path, Map.of("Operations", List.of(inactive))).ok();
    assertThat(leaver.get(SCIM + "Me").status()).isEqualTo(403);
    var active = Map.of("op", "replace", "value", Map.of("active", true));
    admin.patch(path, Map.of("Operations", List.of(active))).ok();
    assertThat(leaver.get(SCIM + "Me").status()).isEqualTo(200);
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(leaver.get(SCIM + "Me").status()).isEqualTo(403);
    assertThat(admin.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"lifetime_seconds\":0}",
        "{\"lifetime_seconds\":-1}",
        "{\"lifetime_seconds\":\"long\"}",
        "{\"lifetime_seconds\":99999999999}",
        "{\"comment\":5}"
      })
  void aTokenThatCannotBeIsRefused(String body) {
    Answer answer = admin.post(TOKEN + "create", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
  }

  @Test
  void aTokenForNobodyIsRefused() {
    Answer answer =
        admin.post(
            "/api/2.0/token-management/on-behalf-of/tokens",
            Map.of("application_id", Api.name("nobody")));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
  }
}
