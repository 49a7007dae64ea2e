package io.mutirao.gateway.core;

import io.mutirao.contracts.access.GroupView;
import io.mutirao.contracts.access.NewToken;
import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.contracts.access.TokenView;
import io.mutirao.contracts.access.UserView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users, their groups and their tokens. Every call waits; call from a virtual thread. */
public interface Accounts {

  /** Whose token has this hash: of none that is deleted, or whose user is not active. */
  Optional<TokenHolder> holder(String hash) throws Rejected;

  /** By id, ascending. */
  List<UserView> users() throws Rejected;

  Optional<UserView> user(long id) throws Rejected;

  /** As it is written, but for small and capital letters. */
  Optional<UserView> userNamed(String name) throws Rejected;

  /**
   * Makes a user, or gives the one with that id another name or state.
   *
   * @throws Rejected also when another has the name
   */
  UserView saveUser(UserView user) throws Rejected;

  /** With all tokens. Of one that is not there: nothing happens. */
  void deleteUser(long id) throws Rejected;

  /** The names of those who were deleted and have not come again, in small letters. */
  Set<String> formerUsers() throws Rejected;

  List<GroupView> groups() throws Rejected;

  Optional<GroupView> group(long id) throws Rejected;

  /** Makes a group, or gives the one with that id another name or other members. */
  GroupView saveGroup(GroupView group) throws Rejected;

  void deleteGroup(long id) throws Rejected;

  /**
   * The tokens of a user.
   *
   * @param user none for everybody's
   */
  List<TokenView> tokens(@Nullable String user) throws Rejected;

  TokenView saveToken(NewToken token) throws Rejected;

  Optional<TokenView> token(String id) throws Rejected;

  /** From now on nobody gets in with it. */
  void deleteToken(String id) throws Rejected;
}
