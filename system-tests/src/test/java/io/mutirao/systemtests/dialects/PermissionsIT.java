package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with a job and its runs. */
@OnJourneyStack
class PermissionsIT {

  private final Api admin;
  private final String maria = Api.name("maria");
  private final String pedro = Api.name("pedro");
  private Api asMaria;
  private Api asPedro;
  private Jobs mariasJobs;
  private Jobs pedrosJobs;
  private long job;

  PermissionsIT(Mutirao mutirao) {
    admin = Api.administrator(mutirao);
    asMaria = admin;
    asPedro = admin;
    mariasJobs = mutirao.jobs();
    pedrosJobs = mutirao.jobs();
  }

  @BeforeEach
  void mariaHasAJob() {
    asMaria = admin.asNewUser(maria);
    asPedro = admin.asNewUser(pedro);
    mariasJobs = new Jobs(admin.url(), asMaria.token(), "2.0", false);
    pedrosJobs = new Jobs(admin.url(), asPedro.token(), "2.0", false);
    job = mariasJobs.create(JobSettings.noop());
  }

  @Test
  void whoMakesAJobOwnsItAndItIsInHisName() {
    JsonNode permissions = asMaria.get(permissions()).ok();
    assertThat(permissions.path("object_id").asText()).isEqualTo("/jobs/" + job);
    assertThat(permissions.path("object_type").asText()).isEqualTo("job");
    assertThat(levels(permissions))
        .containsExactlyInAnyOrder(maria + " IS_OWNER", "admins CAN_MANAGE");
    JsonNode seen = mariasJobs.get("get?job_id=" + job).ok();
    assertThat(seen.path("creator_user_name").asText()).isEqualTo(maria);
    assertThat(seen.path("run_as_user_name").asText()).isEqualTo(maria);
    long run = mariasJobs.runToEnd(job).json().path("run_id").asLong();
    assertThat(mariasJobs.run(run).json().path("creator_user_name").asText()).isEqualTo(maria);
  }

  @Test
  void withoutAGrantNothingIsSeenOrDone() {
    long run = mariasJobs.runToEnd(job).json().path("run_id").asLong();
    Map<String, Long> jobId = Map.of("job_id", job);
    Map<String, Long> runId = Map.of("run_id", run);
    assertDenied(pedrosJobs.get("get?job_id=" + job));
    assertDenied(pedrosJobs.get("runs/list?job_id=" + job));
    assertDenied(pedrosJobs.get("runs/get?run_id=" + run));
    assertDenied(pedrosJobs.get("runs/get-output?run_id=" + run));
    assertDenied(pedrosJobs.get("runs/export?run_id=" + run));
    assertDenied(pedrosJobs.post("run-now", jobId));
    assertDenied(pedrosJobs.post("delete", jobId));
    assertDenied(
        pedrosJobs.post(
            "reset", Map.of("job_id", job, "new_settings", JobSettings.noop().fields())));
    assertDenied(
        pedrosJobs.post("update", Map.of("job_id", job, "new_settings", Map.of("name", "mine"))));
    assertDenied(pedrosJobs.post("runs/cancel", runId));
    assertDenied(pedrosJobs.post("runs/cancel-all", jobId));
    assertDenied(pedrosJobs.post("runs/delete", runId));
    assertDenied(
        asPedro.post(
            "/api/2.1/jobs/runs/repair", Map.of("run_id", run, "rerun_all_failed_tasks", true)));
    assertDenied(asPedro.get(permissions()));
    assertDenied(asPedro.patch(permissions(), list(user(pedro, "CAN_VIEW"))));

    assertThat(ids(pedrosJobs.get("list"), "jobs", "job_id")).doesNotContain(job);
    assertThat(ids(pedrosJobs.get("runs/list?limit=1000"), "runs", "run_id")).doesNotContain(run);
    assertThat(ids(mariasJobs.get("list"), "jobs", "job_id")).containsExactly(job);
    assertThat(ids(mariasJobs.get("runs/list?limit=1000"), "runs", "run_id")).containsExactly(run);
    assertThat(mariasJobs.get("get?job_id=" + job).ok().path("settings").path("name").asText())
        .isNotEqualTo("mine");
  }

  /** A run of a run_job_task acts as the other job's user. */
  @Test
  void nobodyHasAJobRunAnotherThatHeMayNotRun() {
    Map<String, ?> task = Map.of("task_key", "a", "run_job_task", Map.of("job_id", job));
    Map<String, ?> loop =
        Map.of("task_key", "a", "for_each_task", Map.of("inputs", "[1]", "task", Map.copyOf(task)));
    Map<String, ?> runsIt = Map.of("name", "mine", "tasks", List.of(task));
    assertDenied(asPedro.post("/api/2.1/jobs/create", runsIt));
    assertDenied(asPedro.post("/api/2.1/jobs/create", Map.of("tasks", List.of(loop))));
    assertDenied(asPedro.post("/api/2.1/jobs/runs/submit", Map.of("tasks", List.of(task))));
    long his = pedrosJobs.create(JobSettings.noop());
    assertDenied(
        asPedro.post("/api/2.1/jobs/reset", Map.of("job_id", his, "new_settings", runsIt)));
    Map<String, ?> change = Map.of("job_id", his, "new_settings", Map.of("tasks", List.of(task)));
    assertDenied(asPedro.post("/api/2.1/jobs/update", change));

    asMaria.patch(permissions(), list(user(pedro, "CAN_MANAGE_RUN"))).ok();
    asPedro.post("/api/2.1/jobs/reset", Map.of("job_id", his, "new_settings", runsIt)).ok();
    asPedro.post("/api/2.1/jobs/create", runsIt).ok();
  }

  @Test
  void eachLevelAllowsWhatItSays() {
    asMaria.patch(permissions(), list(user(pedro, "CAN_VIEW"))).ok();
    long run = mariasJobs.runToEnd(job).json().path("run_id").asLong();
    assertThat(pedrosJobs.get("get?job_id=" + job).status()).isEqualTo(200);
    assertThat(pedrosJobs.get("runs/get?run_id=" + run).status()).isEqualTo(200);
    assertThat(ids(pedrosJobs.get("list"), "jobs", "job_id")).containsExactly(job);
    assertThat(ids(pedrosJobs.get("runs/list"), "runs", "run_id")).containsExactly(run);
    assertDenied(pedrosJobs.post("run-now", Map.of("job_id", job)));

    asMaria.patch(permissions(), list(user(pedro, "CAN_MANAGE_RUN"))).ok();
    pedrosJobs.runToEnd(job);
    pedrosJobs.post("runs/cancel-all", Map.of("job_id", job)).ok();
    assertDenied(pedrosJobs.post("delete", Map.of("job_id", job)));
    assertDenied(asPedro.patch(permissions(), list(user(pedro, "CAN_MANAGE"))));

    asMaria.patch(permissions(), list(user(pedro, "CAN_MANAGE"))).ok();
    pedrosJobs
        .post("update", Map.of("job_id", job, "new_settings", Map.of("name", "renamed")))
        .ok();
    assertThat(levels(asMaria.get(permissions()).ok()))
        .contains(maria + " IS_OWNER", pedro + " CAN_MANAGE");
    pedrosJobs.post("delete", Map.of("job_id", job)).ok();
  }

  @Test
  void aGroupsGrantIsItsMembers() {
    String group = Api.name("group");
    String id =
        admin
            .get("/api/2.0/preview/scim/v2/Users?filter=userName%20eq%20" + pedro)
            .ok()
            .at("/Resources/0/id")
            .asText();
    admin.post(
        "/api/2.0/preview/scim/v2/Groups",
        Map.of("displayName", group, "members", List.of(Map.of("value", id))));
    Map<String, ?> grant = Map.of("group_name", group, "permission_level", "CAN_MANAGE_RUN");
    asMaria.patch(permissions(), list(grant)).ok();
    assertThat(ids(pedrosJobs.get("list"), "jobs", "job_id")).containsExactly(job);
    pedrosJobs.runToEnd(job);
  }

  @Test
  void aJobIsCreatedWithItsList() {
    Map<String, Object> settings = new HashMap<>(JobSettings.noop().fields());
    settings.put("access_control_list", List.of(user(pedro, "CAN_VIEW")));
    long shared = mariasJobs.post("create", settings).ok().path("job_id").asLong();
    JsonNode permissions = asMaria.get("/api/2.0/permissions/jobs/" + shared).ok();
    assertThat(levels(permissions)).contains(maria + " IS_OWNER", pedro + " CAN_VIEW");
    assertThat(pedrosJobs.get("get?job_id=" + shared).status()).isEqualTo(200);

    settings.put("access_control_list", List.of(user("nobody@example.com", "CAN_VIEW")));
    assertThat(mariasJobs.post("create", settings).errorCode())
        .isEqualTo("INVALID_PARAMETER_VALUE");
    settings.put("access_control_list", List.of(user(pedro, "IS_OWNER")));
    assertDenied(mariasJobs.post("create", settings));
  }

  @Test
  void aJobHasExactlyOneOwner() {
    for (List<Map<String, ?>> wrong :
        List.of(
            List.<Map<String, ?>>of(),
            List.<Map<String, ?>>of(user(pedro, "CAN_VIEW")),
            List.<Map<String, ?>>of(user(maria, "IS_OWNER"), user(pedro, "IS_OWNER")))) {
      Answer answer = admin.put(permissions(), Map.of("access_control_list", wrong));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.message())
          .isEqualTo("access_control_list: The job must have exactly one owner.");
    }
    assertThat(asMaria.patch(permissions(), list(user(maria, "CAN_VIEW"))).status()).isEqualTo(400);
    assertThat(levels(asMaria.get(permissions()).ok())).contains(maria + " IS_OWNER");
  }

  @Test
  void onlyAdministratorsGiveAJobAway() {
    Map<String, ?> given =
        Map.of("access_control_list", List.of(user(pedro, "IS_OWNER"), user(maria, "CAN_MANAGE")));
    assertDenied(asMaria.put(permissions(), given));
    admin.put(permissions(), given).ok();
    assertThat(levels(asPedro.get(permissions()).ok()))
        .contains(pedro + " IS_OWNER", maria + " CAN_MANAGE");
    assertDenied(asMaria.put(permissions(), list(user(maria, "IS_OWNER"))));
    admin.put(permissions(), list(user(pedro, "IS_OWNER"))).ok();
    assertDenied(mariasJobs.get("get?job_id=" + job));
  }

  @Test
  void aSubmittedRunIsItsSubmitters() {
    Map<String, Object> submit = JobSettings.noop().fields();
    long run = mariasJobs.post("runs/submit", submit).ok().path("run_id").asLong();
    mariasJobs.awaitEnd(run);
    assertDenied(pedrosJobs.get("runs/get?run_id=" + run));
    assertThat(ids(pedrosJobs.get("runs/list?limit=1000"), "runs", "run_id")).doesNotContain(run);
    assertThat(ids(mariasJobs.get("runs/list"), "runs", "run_id")).contains(run);
  }

  @Test
  void aSubmittedRunIsSharedByItsList() {
    JobSettings submit = JobSettings.noop().with("run_name", "shared");
    long run = submitted(submit, user(pedro, "CAN_VIEW"));
    mariasJobs.awaitEnd(run);
    assertThat(pedrosJobs.get("runs/get?run_id=" + run).status()).isEqualTo(200);
    assertThat(ids(pedrosJobs.get("runs/list?limit=1000"), "runs", "run_id")).contains(run);
    assertDenied(pedrosJobs.post("runs/cancel", Map.of("run_id", run)));
    assertDenied(pedrosJobs.post("runs/delete", Map.of("run_id", run)));

    long managed = submitted(submit, user(pedro, "CAN_MANAGE"));
    mariasJobs.awaitEnd(managed);
    pedrosJobs.post("runs/delete", Map.of("run_id", managed)).ok();

    for (var wrong : List.of(user("nobody@example.com", "CAN_VIEW"), user(pedro, "CAN_FLY"))) {
      assertThat(
              mariasJobs
                  .post("runs/submit", submit.with("access_control_list", List.of(wrong)).fields())
                  .errorCode())
          .isEqualTo("INVALID_PARAMETER_VALUE");
    }
  }

  private long submitted(JobSettings what, Map<String, ?> entry) {
    return mariasJobs
        .post("runs/submit", what.with("access_control_list", List.of(entry)).fields())
        .ok()
        .path("run_id")
        .asLong();
  }

  @Test
  void asSomebodyElseRunsActOnlyWhenAnAdministratorSaysSo() {
    Map<String, ?> asPedro = Map.of("user_name", pedro);
    JobSettings settings = JobSettings.noop().with("run_as", asPedro);
    Map<String, Object> change = Map.of("job_id", job, "new_settings", Map.of("run_as", asPedro));
    assertDenied(mariasJobs.post("create", settings.fields()));
    assertDenied(mariasJobs.post("runs/submit", settings.fields()));
    assertDenied(mariasJobs.post("update", change));
    assertDenied(
        mariasJobs.post("reset", Map.of("job_id", job, "new_settings", settings.fields())));
    assertThat(mariasJobs.get("get?job_id=" + job).ok().path("run_as_user_name").asText())
        .isEqualTo(maria);

    Jobs admins = new Jobs(admin.url(), admin.token(), "2.0", false);
    admins.post("update", change).ok();
    assertThat(mariasJobs.get("get?job_id=" + job).ok().path("run_as_user_name").asText())
        .isEqualTo(pedro);
    mariasJobs
        .post("update", Map.of("job_id", job, "new_settings", Map.of("name", "still Pedro's")))
        .ok();
  }

  @Test
  void whoeverOwnsAJobIsWhoItsRunsActAsWhenNobodyElseIsChosen() {
    Map<String, Object> choice =
        Map.of("job_id", job, "new_settings", Map.of("run_as", Map.of("user_name", pedro)));
    Map<String, Object> removal = Map.of("job_id", job, "fields_to_remove", List.of("run_as"));
    Jobs admins = new Jobs(admin.url(), admin.token(), "2.2", false);
    admins.post("update", choice).ok();
    admin.patch(permissions(), list(user(pedro, "CAN_MANAGE"))).ok();

    assertDenied(pedrosJobs.post("update", removal));
    assertThat(runsAs()).isEqualTo(pedro);
    mariasJobs.post("update", removal).ok();
    assertThat(runsAs()).isEqualTo(maria);
    admin.put(permissions(), list(user(pedro, "IS_OWNER"))).ok();
    assertThat(runsAs()).isEqualTo(pedro);
  }

  private String runsAs() {
    return new Jobs(admin.url(), admin.token(), "2.2", false)
        .get("get?job_id=" + job)
        .ok()
        .path("run_as_user_name")
        .asText();
  }

  @Test
  void aListGoesOnUntilItsPageIsFull() {
    for (int i = 0; i < 3; i++) {
      mariasJobs.runToEnd(job);
      long other = pedrosJobs.create(JobSettings.noop());
      for (int n = 0; n < 3; n++) {
        pedrosJobs.runToEnd(other);
      }
    }
    List<Long> all = ids(mariasJobs.get("runs/list?limit=1000"), "runs", "run_id");
    assertThat(all).hasSize(3);
    assertThat(ids(mariasJobs.get("runs/list?limit=2"), "runs", "run_id"))
        .isEqualTo(all.subList(0, 2));
    assertThat(ids(mariasJobs.get("runs/list?limit=2&offset=2"), "runs", "run_id"))
        .isEqualTo(all.subList(2, 3));
    JsonNode page = asMaria.get("/api/2.1/jobs/runs/list?limit=2").ok();
    String token = page.path("next_page_token").asText();
    JsonNode next = asMaria.get("/api/2.1/jobs/runs/list?limit=2&page_token=" + token).ok();
    assertThat(next.at("/runs/0/run_id").asLong()).isEqualTo(all.get(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"access_control_list\":{}}",
        "{\"access_control_list\":[{\"user_name\":\"admin\"}]}",
        "{\"access_control_list\":[{\"permission_level\":\"CAN_VIEW\"}]}",
        "{\"access_control_list\":[{\"user_name\":\"admin\",\"group_name\":\"users\","
            + "\"permission_level\":\"CAN_VIEW\"}]}",
        "{\"access_control_list\":[{\"user_name\":\"admin\",\"permission_level\":\"CAN_FLY\"}]}",
        "{\"access_control_list\":[{\"user_name\":\"nobody\",\"permission_level\":\"CAN_VIEW\"}]}",
        "{\"access_control_list\":[{\"group_name\":\"none\",\"permission_level\":\"CAN_VIEW\"}]}",
        "{\"access_control_list\":[{\"group_name\":\"users\",\"permission_level\":\"IS_OWNER\"}]}"
      })
  void aListThatCannotBeIsRefusedAndChangesNothing(String body) {
    JsonNode before = asMaria.get(permissions()).ok();
    Answer answer = asMaria.patch(permissions(), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(asMaria.get(permissions()).ok()).isEqualTo(before);
  }

  @Test
  void theLevelsAreTold() {
    JsonNode levels = asMaria.get(permissions() + "/permissionLevels").ok();
    assertThat(levels.path("permission_levels").findValuesAsText("permission_level"))
        .containsExactly("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE", "IS_OWNER");
    for (String none : List.of("0", "4000000000")) {
      Answer missing = admin.get("/api/2.0/permissions/jobs/" + none);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
      assertThat(missing.message()).isEqualTo("Job " + none + " does not exist.");
    }
  }

  private String permissions() {
    return "/api/2.0/permissions/jobs/" + job;
  }

  private static Map<String, ?> user(String name, String level) {
    return Map.of("user_name", name, "permission_level", level);
  }

  private static Map<String, ?> list(Map<String, ?> entry) {
    return Map.of("access_control_list", List.of(entry));
  }

  private static void assertDenied(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("PERMISSION_DENIED");
  }

  private static List<Long> ids(Answer answer, String list, String id) {
    return answer.ok().path(list).findValues(id).stream().map(JsonNode::asLong).distinct().toList();
  }

  private static List<String> levels(JsonNode permissions) {
    return permissions
        .path("access_control_list")
        .valueStream()
        .map(entry ->
            (entry.has("user_name") ? entry.path("user_name") : entry.path("group_name")).asText()
                + " "
                + entry.at("/all_permissions/0/permission_level").asText())
        .toList();
  }
}
