package io.mutirao.gateway.backend;

import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The object store that the workers share. */
final class Objects {

  @Produces
  @Singleton
  ObjectStore store(OwnersConfig config) {
    return new DirectoryStore(config.objects());
  }
}
