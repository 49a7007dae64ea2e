package io.mutirao.gateway.databricks.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.GroupView.Member;
import io.mutirao.contracts.access.UserView;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the operations of a PATCH make of a user or a group (RFC 7644, 3.5.2). Pure. */
final class PatchMapping {

  private static final Pattern ONE_MEMBER =
      Pattern.compile("members\\[value eq \"?([0-9]{1,18})\"?]");

  private enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  /**
   * One thing that one operation does.
   *
   * @param path null: nowhere in particular
   * @param value null: none
   * @param field for messages
   */
  private record Step(Op op, String path, @Nullable JsonNode value, String field) {}

  private interface Application<T> {
    T on(T before, Step step) throws Rejected;
  }

  static UserView user(UserView user, Fields in) throws Rejected {
    return all(user, in, PatchMapping::user);
  }

  static GroupView group(GroupView group, Fields in) throws Rejected {
    return all(group, in, PatchMapping::group);
  }

  private static <T> T all(T before, Fields in, Application<T> application) throws Rejected {
    T now = before;
    List<Fields> operations = in.objects("Operations");
    if (operations.isEmpty()) {
      throw Rejected.field("Operations", "required field is missing, expected operations");
    }
    for (Fields operation : operations) {
      Op op = op(operation);
      String path = operation.optionalText("path");
      JsonNode value = operation.node().get("value");
      String field = operation.at("value");
      if (path != null) {
        now = application.on(now, new Step(op, path, value, field));
      } else if (value instanceof ObjectNode attributes) {
        for (var attribute : attributes.properties()) {
          now =
              application.on(
                  now,
                  new Step(
                      op,
                      attribute.getKey(),
                      attribute.getValue(),
                      field + "." + attribute.getKey()));
        }
      } else {
        throw Rejected.field(field, "without a path, expected an object of attributes");
      }
    }
    return now;
  }

  private static Op op(Fields operation) throws Rejected {
    String word = operation.text("op").toUpperCase(Locale.ROOT);
    for (Op op : Op.values()) {
      if (op.name().equals(word)) {
        return op;
      }
    }
    throw operation.wrong("op", "one of add, replace, remove");
  }

  private static UserView user(UserView user, Step step) throws Rejected {
    boolean active = user.active();
    String displayName = user.displayName();
    switch (step.path()) {
      case "active" -> active = flag(step);
      case "displayName" -> displayName = text(step);
      default ->
          throw Rejected.field(
              step.field(),
              "the attribute "
                  + step.path()
                  + " cannot be changed; expected active"
                  + " or displayName");
    }
    return new UserView(
        user.id(), user.name(), displayName, active, user.groups(), user.createdAt());
  }

  private static GroupView group(GroupView group, Step step) throws Rejected {
    if (step.path().equals("displayName")) {
      return new GroupView(group.id(), text(step), group.members());
    }
    Map<Long, Member> members = new LinkedHashMap<>();
    group.members().forEach(member -> members.put(member.id(), member));
    Matcher one = ONE_MEMBER.matcher(step.path());
    if (one.matches() && step.op() == Op.REMOVE) {
      members.remove(Long.valueOf(one.group(1)));
    } else if (step.path().equals("members")) {
      change(members, step);
    } else {
      throw Rejected.field(
          step.field(),
          "the attribute " + step.path() + " cannot be changed; expected members or displayName");
    }
    return new GroupView(group.id(), group.name(), List.copyOf(members.values()));
  }

  private static void change(Map<Long, Member> members, Step step) throws Rejected {
    switch (step.op()) {
      case ADD -> named(step).forEach(member -> members.put(member.id(), member));
      case REPLACE -> {
        List<Member> named = named(step);
        members.clear();
        named.forEach(member -> members.put(member.id(), member));
      }
      case REMOVE -> {
        if (step.value() == null) {
          members.clear();
        } else {
          named(step).forEach(member -> members.remove(member.id()));
        }
      }
    }
  }

  private static List<Member> named(Step step) throws Rejected {
    if (step.value() == null || !step.value().isArray()) {
      throw Rejected.field(step.field(), "expected an array of members");
    }
    return members(step.value(), step.field());
  }

  static List<Member> members(JsonNode array, String field) throws Rejected {
    Map<Long, Member> members = new LinkedHashMap<>();
    for (JsonNode item : array) {
      String id = item.path("value").asText();
      if (!id.matches("[0-9]{1,18}")) {
        throw Rejected.field(field, "expected {\"value\": the id of a user}, not " + item);
      }
      members.put(Long.valueOf(id), new Member(Long.parseLong(id), ""));
    }
    return List.copyOf(members.values());
  }

  private static boolean flag(Step step) throws Rejected {
    JsonNode value = value(step);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    // Some identity providers send texts.
    return switch (value.asText().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Rejected.field(step.field(), "expected true or false, not " + value);
    };
  }

  private static String text(Step step) throws Rejected {
    JsonNode value = value(step);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw Rejected.field(step.field(), "expected a string that is not empty, not " + value);
    }
    return Names.checked(step.field(), value.textValue());
  }

  private static JsonNode value(Step step) throws Rejected {
    if (step.op() == Op.REMOVE || step.value() == null) {
      throw Rejected.field(step.field(), step.path() + " cannot be removed");
    }
    return step.value();
  }

  private PatchMapping() {}
}
