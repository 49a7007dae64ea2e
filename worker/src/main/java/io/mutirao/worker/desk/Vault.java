package io.mutirao.worker.desk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The secrets that an attempt may see. */
public interface Vault {

  /** There are no secrets here. */
  Vault EMPTY =
      new Vault() {
        @Override
        public Optional<byte[]> secret(long run, long attempt, String scope, String key) {
          return Optional.empty();
        }

        @Override
        public List<String> keys(long run, long attempt, String scope) {
          return List.of();
        }

        @Override
        public List<String> scopes(long run, long attempt) {
          return List.of();
        }
      };

  /** Empty when there is none, or it is not for this attempt. */
  Optional<byte[]> secret(long run, long attempt, String scope, String key)
      throws IOException, InterruptedException;

  List<String> keys(long run, long attempt, String scope) throws IOException, InterruptedException;

  List<String> scopes(long run, long attempt) throws IOException, InterruptedException;
}
