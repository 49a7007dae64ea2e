package io.mutirao.gateway.databricks.scim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.UserView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What SCIM shows. Ids are strings there. */
final class ScimWire {

  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  record User(
      List<String> schemas,
      String id,
      String userName,
      String displayName,
      boolean active,
      List<Email> emails,
      List<Ref> groups) {}

  record Email(String type, String value, boolean primary) {}

  record Ref(
      String display,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String type,
      String value,
      @JsonProperty("$ref") String ref) {}

  record Group(List<String> schemas, String id, String displayName, List<Ref> members) {}

  record Page(
      List<String> schemas,
      int totalResults,
      int startIndex,
      int itemsPerPage,
      @JsonProperty("Resources") List<?> resources) {

    /**
     * A piece of a list.
     *
     * @param startIndex from 1
     */
    static Page of(List<?> all, int startIndex, int count) {
      int from = Math.min(startIndex - 1, all.size());
      List<?> piece = all.subList(from, (int) Math.min((long) from + count, all.size()));
      return new Page(List.of(LIST), all.size(), startIndex, piece.size(), piece);
    }
  }

  record Failure(
      List<String> schemas,
      String detail,
      String status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scimType) {

    static Failure of(int status, String detail, @Nullable String scimType) {
      return new Failure(List.of(ERROR), detail, Integer.toString(status), scimType);
    }
  }

  static User user(UserView user) {
    return new User(
        List.of(USER),
        Long.toString(user.id()),
        user.name(),
        user.displayName(),
        user.active(),
        List.of(new Email("work", user.name(), true)),
        Stream.concat(
                user.groups().stream().map(group -> groupRef(group.id(), group.name())),
                Stream.of(groupRef(BuiltIn.EVERYBODY, io.mutirao.gateway.core.User.EVERYBODY)))
            .toList());
  }

  private static Ref groupRef(long id, String name) {
    return new Ref(name, "direct", Long.toString(id), "Groups/" + id);
  }

  static Group group(GroupView group) {
    return new Group(
        List.of(GROUP),
        Long.toString(group.id()),
        group.name(),
        group.members().stream()
            .map(member ->
                new Ref(member.name(), null, Long.toString(member.id()), "Users/" + member.id()))
            .toList());
  }

  private ScimWire() {}
}
