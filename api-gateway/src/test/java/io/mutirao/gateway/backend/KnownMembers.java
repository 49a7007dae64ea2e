package io.mutirao.gateway.backend;

import io.mutirao.gateway.core.Workers;
import java.util.List;
import java.util.Optional;

/** Workers that the test knows of; no broker is asked. */
record KnownMembers(PoolMembers members) implements Workers {

  @Override
  public List<PoolView> pools() {
    return members.views();
  }

  @Override
  public boolean anyPoolIsEmpty() {
    return members.anyIsEmpty();
  }

  @Override
  public Optional<String> emptyPool(String named) {
    return members.emptyPool(named);
  }
}
