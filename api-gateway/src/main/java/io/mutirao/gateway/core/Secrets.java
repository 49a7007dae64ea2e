package io.mutirao.gateway.core;

import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import java.util.List;
import java.util.Optional;

/**
 * Secrets, whoever keeps them. What a caller may do is looked at before. Every call waits; call
 * from a virtual thread.
 */
public interface Secrets {

  /** By name. */
  List<ScopeView> scopes() throws Rejected;

  Optional<ScopeView> scope(String name) throws Rejected;

  /**
   * Makes a scope.
   *
   * @param manager who may manage it at first
   * @throws Rejected also when there is one of that name
   */
  void make(String name, String manager, Caller caller) throws Rejected;

  /** With all its secrets. */
  void delete(String scope) throws Rejected;

  /** Keeps a value, in place of the one before. */
  void put(String scope, String key, byte[] value) throws Rejected;

  Optional<byte[]> value(String scope, String key) throws Rejected;

  void delete(String scope, String key) throws Rejected;

  /** In place of what the principal had. */
  void grant(String scope, SecretGrant grant) throws Rejected;

  void withdraw(String scope, String principal) throws Rejected;
}
