package io.mutirao.gateway.databricks.scim;

import static io.mutirao.gateway.http.Dialect.Endpoint.delete;
import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.patch;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;
import static io.mutirao.gateway.http.Dialect.Endpoint.put;

import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.GroupView.Member;
import io.mutirao.contracts.access.UserView;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.gateway.access.Authentication;
import io.mutirao.gateway.access.FormerUsers;
import io.mutirao.gateway.access.KnownTokens;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.Workspace;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.gateway.http.Fields;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /api/2.0/preview/scim/v2}: users and groups. Everybody looks, administrators change. */
@Singleton
final class ScimResource implements Dialect {

  private static final String ROOT = "/api/2.0/preview/scim/v2";
  private static final String USERS = ROOT + "/Users";
  private static final String GROUPS = ROOT + "/Groups";
  private static final int MAX_COUNT = 10_000;

  /** Above those that are there from the beginning. */
  private static final long FIRST_ID = 1_000;

  private static final Answer DONE = new Answer(204, new byte[0], Map.of());

  private final Accounts accounts;
  private final KnownTokens known;
  private final FormerUsers former;
  private final SecureRandom random = new SecureRandom();

  ScimResource(Accounts accounts, KnownTokens known, FormerUsers former) {
    this.accounts = accounts;
    this.known = known;
    this.former = former;
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        get(ROOT + "/Me", this::me),
        get(USERS, this::listUsers),
        post(USERS, this::createUser),
        get(USERS + "/:id", this::getUser),
        put(USERS + "/:id", this::replaceUser),
        patch(USERS + "/:id", this::patchUser),
        delete(USERS + "/:id", this::deleteUser),
        get(GROUPS, this::listGroups),
        post(GROUPS, this::createGroup),
        get(GROUPS + "/:id", this::getGroup),
        put(GROUPS + "/:id", this::replaceGroup),
        patch(GROUPS + "/:id", this::patchGroup),
        delete(GROUPS + "/:id", this::deleteGroup));
  }

  @Override
  public Answer render(Problem problem) {
    return ScimErrors.render(problem);
  }

  private Answer me(Call call) throws Rejected {
    String name = call.caller().user();
    UserView me =
        name.equals(Authentication.ADMIN)
            ? BuiltIn.administrator()
            : accounts.userNamed(name).orElseThrow(() -> missing("User", name));
    return Answer.ok(ScimWire.user(me)).with(Workspace.ID_HEADER, Workspace.ID);
  }

  // ---- users

  private Answer listUsers(Call call) throws Rejected {
    Filter filter =
        Filter.of(call.in().optionalText("filter"), "userName", "displayName", "emails.value");
    List<UserView> users =
        filter != null && !filter.attribute().equals("displayname")
            ? accounts.userNamed(filter.value()).stream().toList()
            : accounts.users().stream()
                .filter(user -> filter == null || filter.fits(user.displayName()))
                .toList();
    return page(call.in(), users, ScimWire::user);
  }

  private Answer createUser(Call call) throws Rejected {
    requireAdministrator(call);
    Fields in = call.in();
    String name = Names.checked("userName", in.text("userName"));
    UserView user =
        new UserView(newId(), name, displayName(in, name), active(in, true), List.of(), null);
    try {
      return Answer.json(201, ScimWire.user(accounts.saveUser(user)));
    } finally {
      former.forget(); // who comes again is none
    }
  }

  private Answer getUser(Call call) throws Rejected {
    return Answer.ok(ScimWire.user(user(call)));
  }

  private Answer replaceUser(Call call) throws Rejected {
    requireAdministrator(call);
    UserView user = user(call);
    Fields in = call.in();
    String name = in.optionalText("userName");
    if (name != null && !name.equals(user.name())) {
      throw Rejected.field("userName", "cannot be changed: expected " + user.name());
    }
    return save(
        new UserView(
            user.id(),
            user.name(),
            displayName(in, user.name()),
            active(in, true),
            user.groups(),
            user.createdAt()));
  }

  private Answer patchUser(Call call) throws Rejected {
    requireAdministrator(call);
    return save(PatchMapping.user(user(call), call.in()));
  }

  private Answer save(UserView user) throws Rejected {
    if (user.id() == BuiltIn.ADMIN && !user.active()) {
      throw Rejected.field("active", "the administrator of the configuration stays active");
    }
    try {
      return Answer.ok(ScimWire.user(accounts.saveUser(user)));
    } finally {
      known.forget();
    }
  }

  private Answer deleteUser(Call call) throws Rejected {
    requireAdministrator(call);
    UserView user = user(call);
    if (user.id() == BuiltIn.ADMIN) {
      throw Rejected.field("id", "the administrator of the configuration cannot be deleted");
    }
    try {
      accounts.deleteUser(user.id());
    } finally {
      known.forget();
      former.forget();
    }
    return DONE;
  }

  private UserView user(Call call) throws Rejected {
    long id = call.idPart("id");
    return accounts.user(id).orElseThrow(() -> missing("User with id", Long.toString(id)));
  }

  private static String displayName(Fields in, String otherwise) throws Rejected {
    String name = in.optionalText("displayName");
    return name == null || name.isEmpty() ? otherwise : Names.checked("displayName", name);
  }

  private static boolean active(Fields in, boolean otherwise) throws Rejected {
    return in.has("active") ? in.flag("active") : otherwise;
  }

  // ---- groups

  private Answer listGroups(Call call) throws Rejected {
    Filter filter = Filter.of(call.in().optionalText("filter"), "displayName");
    List<GroupView> groups =
        accounts.groups().stream()
            .filter(group -> filter == null || filter.fits(group.name()))
            .toList();
    return page(call.in(), groups, ScimWire::group);
  }

  private Answer createGroup(Call call) throws Rejected {
    requireAdministrator(call);
    String name = Names.checked("displayName", call.in().text("displayName"));
    GroupView made = save(new GroupView(newId(), name, members(call.in())));
    return Answer.json(201, ScimWire.group(made));
  }

  private Answer getGroup(Call call) throws Rejected {
    return Answer.ok(ScimWire.group(group(call)));
  }

  private Answer replaceGroup(Call call) throws Rejected {
    requireAdministrator(call);
    GroupView group = group(call);
    String name = call.in().optionalText("displayName");
    return changed(
        group,
        new GroupView(
            group.id(),
            name == null ? group.name() : Names.checked("displayName", name),
            members(call.in())));
  }

  private Answer patchGroup(Call call) throws Rejected {
    requireAdministrator(call);
    GroupView group = group(call);
    return changed(group, PatchMapping.group(group, call.in()));
  }

  private Answer changed(GroupView before, GroupView after) throws Rejected {
    if (before.id() == BuiltIn.EVERYBODY) {
      throw Rejected.field("id", "the group of all users cannot be changed");
    }
    if (before.id() == BuiltIn.ADMINS && !after.name().equals(before.name())) {
      throw Rejected.field("displayName", "the group of the administrators keeps its name");
    }
    return Answer.ok(ScimWire.group(save(after)));
  }

  private GroupView save(GroupView group) throws Rejected {
    for (Member member : group.members()) {
      if (accounts.user(member.id()).isEmpty()) {
        throw Rejected.field("members", "there is no user with the id " + member.id());
      }
    }
    try {
      return accounts.saveGroup(group);
    } finally {
      known.forget();
    }
  }

  private Answer deleteGroup(Call call) throws Rejected {
    requireAdministrator(call);
    GroupView group = group(call);
    if (group.id() < FIRST_ID) {
      throw Rejected.field("id", "the group " + group.name() + " cannot be deleted");
    }
    try {
      accounts.deleteGroup(group.id());
    } finally {
      known.forget();
    }
    return DONE;
  }

  private GroupView group(Call call) throws Rejected {
    long id = call.idPart("id");
    return accounts.group(id).orElseThrow(() -> missing("Group with id", Long.toString(id)));
  }

  private static List<Member> members(Fields in) throws Rejected {
    in.objects("members");
    return in.has("members")
        ? PatchMapping.members(in.node().get("members"), "members")
        : List.of();
  }

  // ---- both

  private static <T> Answer page(Fields in, List<T> all, Function<T, ?> wire) throws Rejected {
    int start = in.whole("startIndex", 0, Integer.MAX_VALUE, 1);
    int count = in.whole("count", 0, MAX_COUNT, MAX_COUNT);
    return Answer.ok(ScimWire.Page.of(all.stream().map(wire).toList(), Math.max(1, start), count));
  }

  /** Chosen here, so that a user who is made twice because an answer was lost is one. */
  private long newId() {
    return random.nextLong(FIRST_ID, LaneKey.MAX);
  }

  private static void requireAdministrator(Call call) throws Rejected {
    if (!call.caller().who().administrator()) {
      throw new Rejected(new Problem.Denied("Only administrators can change users and groups."));
    }
  }

  private static Rejected missing(String what, @Nullable String which) {
    return new Rejected(new Problem.Missing(what + " " + which + " not found."));
  }
}
