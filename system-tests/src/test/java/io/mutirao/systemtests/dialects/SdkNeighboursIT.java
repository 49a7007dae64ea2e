package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.files.AddBlock;
import com.databricks.sdk.service.files.Create;
import com.databricks.sdk.service.files.FileInfo;
import com.databricks.sdk.service.files.Move;
import com.databricks.sdk.service.iam.ListUsersRequest;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.PartialUpdate;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.iam.User;
import com.databricks.sdk.service.jobs.JobAccessControlRequest;
import com.databricks.sdk.service.jobs.JobPermissionLevel;
import com.databricks.sdk.service.jobs.JobPermissionsRequest;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.settings.Config;
import com.databricks.sdk.service.settings.CreateNotificationDestinationRequest;
import com.databricks.sdk.service.settings.CreateOboTokenRequest;
import com.databricks.sdk.service.settings.CreateTokenRequest;
import com.databricks.sdk.service.settings.DestinationType;
import com.databricks.sdk.service.settings.EmailConfig;
import com.databricks.sdk.service.settings.GenericWebhookConfig;
import com.databricks.sdk.service.settings.ListNotificationDestinationsRequest;
import com.databricks.sdk.service.settings.ListNotificationDestinationsResult;
import com.databricks.sdk.service.settings.NotificationDestination;
import com.databricks.sdk.service.settings.PublicTokenInfo;
import com.databricks.sdk.service.settings.SlackConfig;
import com.databricks.sdk.service.settings.UpdateNotificationDestinationRequest;
import com.databricks.sdk.service.workspace.ExportFormat;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import com.databricks.sdk.service.workspace.ObjectInfo;
import com.databricks.sdk.service.workspace.ObjectType;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The APIs beside jobs, as the unmodified databricks-sdk-java calls them. */
@OnJourneyStack
class SdkNeighboursIT {

  private final Mutirao mutirao;
  private final WorkspaceClient admin;

  SdkNeighboursIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    this.admin = client(mutirao.token());
  }

  private WorkspaceClient client(String token) {
    return new WorkspaceClient(
        new DatabricksConfig().setHost(mutirao.url()).setToken(token).setAuthType("pat"));
  }

  @Test
  void aUserIsMadeGetsATokenAndLeaves() {
    String name = Api.name("maria");
    User made = admin.users().create(new User().setUserName(name).setDisplayName("Maria"));
    assertThat(admin.users().get(made.getId()).getDisplayName()).isEqualTo("Maria");
    assertThat(admin.users().list(new ListUsersRequest().setFilter("userName eq \"" + name + "\"")))
        .extracting(User::getId)
        .containsExactly(made.getId());
    String token =
        admin
            .tokenManagement()
            .createOboToken(new CreateOboTokenRequest().setApplicationId(name).setComment("first"))
            .getTokenValue();
    WorkspaceClient maria = client(token);
    assertThat(maria.currentUser().me(new MeRequest()).getUserName()).isEqualTo(name);

    var second = maria.tokens().create(new CreateTokenRequest().setLifetimeSeconds(600L));
    assertThat(maria.tokens().list())
        .extracting(PublicTokenInfo::getTokenId)
        .contains(second.getTokenInfo().getTokenId())
        .hasSize(2);
    maria.tokens().delete(second.getTokenInfo().getTokenId());
    assertThatThrownBy(() -> client(second.getTokenValue()).currentUser().me(new MeRequest()))
        .isInstanceOf(PermissionDenied.class);
    assertThatThrownBy(() -> maria.users().delete(made.getId()))
        .isInstanceOf(PermissionDenied.class);

    admin
        .users()
        .patch(
            new PartialUpdate()
                .setId(made.getId())
                .setOperations(
                    List.of(
                        new Patch().setOp(PatchOp.REPLACE).setPath("active").setValue("false"))));
    assertThat(admin.users().get(made.getId()).getActive()).isFalse();
    admin.users().delete(made.getId());
    assertThatThrownBy(() -> admin.users().get(made.getId())).isInstanceOf(NotFound.class);
  }

  @Test
  void aFileIsWrittenReadListedMovedAndDeleted() throws Exception {
    String folder = "/sdk/" + UUID.randomUUID();
    byte[] content = "0123456789".repeat(150_000).getBytes(UTF_8);
    admin.dbfs().write(Path.of(folder + "/a.txt"), content);
    assertThat(admin.dbfs().readAllBytes(Path.of(folder + "/a.txt"))).isEqualTo(content);
    assertThat(admin.dbfs().getStatus(folder + "/a.txt").getFileSize()).isEqualTo(1_500_000);

    long handle =
        admin.dbfs().create(new Create().setPath(folder + "/b/c").setOverwrite(true)).getHandle();
    String block = Base64.getEncoder().encodeToString("x".getBytes(UTF_8));
    admin.dbfs().addBlock(new AddBlock().setHandle(handle).setData(block));
    admin.dbfs().close(handle);
    assertThat(admin.dbfs().recursiveList(folder))
        .extracting(FileInfo::getPath)
        .contains(folder + "/a.txt", folder + "/b/c");
    admin.dbfs().move(new Move().setSourcePath(folder + "/b").setDestinationPath(folder + "/d"));
    assertThat(admin.dbfs().read(folder + "/d/c").getBytesRead()).isEqualTo(1);
    admin
        .dbfs()
        .delete(new com.databricks.sdk.service.files.Delete().setPath(folder).setRecursive(true));
    assertThatThrownBy(() -> admin.dbfs().getStatus(folder)).isInstanceOf(NotFound.class);
  }

  @Test
  void aNotebookIsImportedListedExportedAndDeleted() {
    String folder = "/Shared/" + UUID.randomUUID();
    admin.workspace().mkdirs(folder);
    String source = "# Databricks notebook source\nprint(1)\n";
    admin
        .workspace()
        .importContent(
            new Import()
                .setPath(folder + "/nb")
                .setFormat(ImportFormat.SOURCE)
                .setLanguage(Language.PYTHON)
                .setContent(Base64.getEncoder().encodeToString(source.getBytes(UTF_8))));
    ObjectInfo status = admin.workspace().getStatus(folder + "/nb");
    assertThat(status.getObjectType()).isEqualTo(ObjectType.NOTEBOOK);
    assertThat(status.getLanguage()).isEqualTo(Language.PYTHON);
    assertThat(admin.workspace().list(folder))
        .extracting(ObjectInfo::getObjectId)
        .containsExactly(status.getObjectId());
    String exported =
        admin
            .workspace()
            .export(new ExportRequest().setPath(folder + "/nb").setFormat(ExportFormat.SOURCE))
            .getContent();
    assertThat(new String(Base64.getDecoder().decode(exported), UTF_8)).isEqualTo(source);
    admin
        .workspace()
        .delete(
            new com.databricks.sdk.service.workspace.Delete().setPath(folder).setRecursive(true));
    assertThatThrownBy(() -> admin.workspace().getStatus(folder)).isInstanceOf(NotFound.class);
  }

  @Test
  void aJobIsSharedAndWhoeverHasNoGrantIsDenied() {
    String name = Api.name("maria");
    Api asMaria = Api.administrator(mutirao).asNewUser(name);
    WorkspaceClient maria = client(asMaria.token());
    long job = mutirao.jobs().create(JobSettings.noop());
    assertThatThrownBy(() -> maria.jobs().get(job)).isInstanceOf(PermissionDenied.class);
    admin
        .jobs()
        .updatePermissions(
            new JobPermissionsRequest()
                .setJobId(Long.toString(job))
                .setAccessControlList(
                    List.of(
                        new JobAccessControlRequest()
                            .setUserName(name)
                            .setPermissionLevel(JobPermissionLevel.CAN_VIEW))));
    assertThat(maria.jobs().get(job).getJobId()).isEqualTo(job);
    assertThat(maria.jobs().getPermissions(Long.toString(job)).getAccessControlList()).hasSize(3);
    assertThatThrownBy(() -> maria.jobs().runNow(new RunNow().setJobId(job)))
        .isInstanceOf(PermissionDenied.class);
    assertThat(maria.jobs().getPermissionLevels(Long.toString(job)).getPermissionLevels())
        .hasSize(4);
  }

  @Test
  void aNotificationDestinationIsMadeShownListedChangedAndRemoved() {
    var destinations = admin.notificationDestinations();
    NotificationDestination made =
        destinations.create(
            new CreateNotificationDestinationRequest()
                .setDisplayName("ops")
                .setConfig(
                    new Config()
                        .setGenericWebhook(
                            new GenericWebhookConfig()
                                .setUrl("https://hooks.example/in")
                                .setUsername("ana")
                                .setPassword("geheim"))));
    String id = made.getId();
    assertThat(made.getDestinationType()).isEqualTo(DestinationType.WEBHOOK);

    GenericWebhookConfig shown = destinations.get(id).getConfig().getGenericWebhook();
    assertThat(shown.getUrlSet()).isTrue();
    assertThat(shown.getUsernameSet()).isTrue();
    assertThat(shown.getPasswordSet()).isTrue();
    assertThat(shown.getPassword()).as("write-only").isNull();
    assertThat(destinations.list(new ListNotificationDestinationsRequest().setPageSize(1L)))
        .as("page by page")
        .extracting(ListNotificationDestinationsResult::getId)
        .contains(id)
        .doesNotHaveDuplicates();

    NotificationDestination changed =
        destinations.update(
            new UpdateNotificationDestinationRequest()
                .setId(id)
                .setDisplayName("people")
                .setConfig(
                    new Config()
                        .setEmail(new EmailConfig().setAddresses(List.of("ana@example.org")))));
    assertThat(changed.getDestinationType()).isEqualTo(DestinationType.EMAIL);
    assertThat(destinations.get(id).getDisplayName()).isEqualTo("people");
    assertThat(destinations.get(id).getConfig().getEmail().getAddresses())
        .containsExactly("ana@example.org");
    assertThatThrownBy(() ->
            destinations.create(
                new CreateNotificationDestinationRequest()
                    .setDisplayName("nowhere")
                    .setConfig(new Config().setSlack(new SlackConfig().setUrl("nonsense")))))
        .isInstanceOf(InvalidParameterValue.class)
        .hasMessageContaining("config.slack.url");

    destinations.delete(id);
    assertThatThrownBy(() -> destinations.get(id)).isInstanceOf(NotFound.class);
  }

  @Test
  void clustersAreWhatWorkersAre() {
    assertThat(admin.clusters().sparkVersions().getVersions()).isNotEmpty();
    assertThat(admin.clusters().listNodeTypes().getNodeTypes()).isNotEmpty();
    assertThat(admin.clusters().get("default").getClusterName()).isEqualTo("default");
  }
}
