package io.mutirao.gateway.databricks.access;

import static java.util.Objects.requireNonNull;

import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.gateway.access.JobPolicy;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@code access_control_list} as grants. */
public final class GrantMapping {

  /** The field of requests. */
  public static final String FIELD = "access_control_list";

  private static final List<String> LEVEL_NAMES =
      List.of("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE", "IS_OWNER");

  private static final Map<String, Kind> PRINCIPALS =
      Map.of(
          "user_name", Kind.USER,
          "group_name", Kind.GROUP,
          "service_principal_name", Kind.SERVICE_PRINCIPAL);

  /** Null when nothing is said. */
  public static @Nullable List<Grant> grants(Fields in) throws Rejected {
    if (!in.has(FIELD)) {
      return null;
    }
    List<Grant> grants = new ArrayList<>();
    for (Fields entry : in.objects(FIELD)) {
      Grant grant = grant(entry);
      if (grants.stream().anyMatch(other -> JobPolicy.same(grant, other))) {
        throw Rejected.field(entry.at("permission_level"), grant.principal() + " has one already");
      }
      grants.add(grant);
    }
    return grants;
  }

  private static Grant grant(Fields entry) throws Rejected {
    List<String> whom = PRINCIPALS.keySet().stream().filter(entry::has).sorted().toList();
    if (whom.size() != 1) {
      throw Rejected.field(
          entry.at("user_name"),
          "exactly one of user_name, group_name, service_principal_name is expected");
    }
    String name = entry.text(whom.getFirst());
    entry.text("permission_level");
    String level = requireNonNull(entry.word("permission_level", LEVEL_NAMES));
    return new Grant(requireNonNull(PRINCIPALS.get(whom.getFirst())), name, level(level));
  }

  private static Level level(String word) {
    return switch (word) {
      case "CAN_VIEW" -> Level.VIEW;
      case "CAN_MANAGE_RUN" -> Level.RUN;
      case "CAN_MANAGE" -> Level.MANAGE;
      case "IS_OWNER" -> Level.OWNER;
      default -> throw new IllegalArgumentException(word);
    };
  }

  static String word(Level level) {
    return switch (level) {
      case VIEW -> "CAN_VIEW";
      case RUN -> "CAN_MANAGE_RUN";
      case MANAGE -> "CAN_MANAGE";
      case OWNER -> "IS_OWNER";
    };
  }

  /** The grants with some of them changed, and new ones at the end. */
  static List<Grant> changed(List<Grant> before, List<Grant> changes) {
    List<Grant> all = new ArrayList<>(before);
    all.removeIf(old -> changes.stream().anyMatch(change -> JobPolicy.same(old, change)));
    all.addAll(changes);
    return all;
  }

  /** A list that stands for itself must say who owns the job. */
  static void requireOneOwner(List<Grant> grants) throws Rejected {
    if (grants.stream().filter(grant -> grant.level() == Level.OWNER).count() != 1) {
      throw Rejected.field(FIELD, "The job must have exactly one owner.");
    }
  }

  private GrantMapping() {}
}
