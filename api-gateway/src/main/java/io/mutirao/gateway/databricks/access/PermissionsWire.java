package io.mutirao.gateway.databricks.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.gateway.core.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ObjectPermissions of a job. */
@JsonNaming(SnakeCaseStrategy.class)
record PermissionsWire(String objectId, String objectType, List<Entry> accessControlList) {

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      @Nullable String userName,
      @Nullable String groupName,
      @Nullable String servicePrincipalName,
      @Nullable String displayName,
      List<Permission> allPermissions) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Permission(
      String permissionLevel, boolean inherited, @Nullable List<String> inheritedFromObject) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Levels(List<Description> permissionLevels) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Description(String permissionLevel, String description) {}

  static final Levels LEVELS =
      new Levels(
          List.of(
              new Description("CAN_VIEW", "Can view the job, its runs and their output"),
              new Description("CAN_MANAGE_RUN", "Can view, start, cancel and repair runs"),
              new Description("CAN_MANAGE", "Can change and delete the job and its permissions"),
              new Description("IS_OWNER", "Can manage the job, and owns it")));

  /** With what administrators may do, which nobody gave and nobody takes. */
  static PermissionsWire of(JobId job, List<Grant> grants) {
    List<Entry> entries = new ArrayList<>(grants.stream().map(PermissionsWire::entry).toList());
    entries.add(
        entry(
            new Grant(Kind.GROUP, User.ADMINS, Level.MANAGE),
            new Permission(GrantMapping.word(Level.MANAGE), true, List.of("/jobs/"))));
    return new PermissionsWire("/jobs/" + job, "job", entries);
  }

  private static Entry entry(Grant grant) {
    return entry(grant, new Permission(GrantMapping.word(grant.level()), false, null));
  }

  private static Entry entry(Grant grant, Permission permission) {
    String name = grant.principal();
    List<Permission> all = List.of(permission);
    return switch (grant.kind()) {
      case USER -> new Entry(name, null, null, name, all);
      case GROUP -> new Entry(null, name, null, null, all);
      case SERVICE_PRINCIPAL -> new Entry(null, null, name, name, all);
    };
  }
}
