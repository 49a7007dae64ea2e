package io.mutirao.launcher.data;

import java.util.List;

/**
 * What a running stack says about itself in {@code state.json}, for {@code ps}, {@code down},
 * {@code bench}, and for the next {@code up} after the launcher was killed.
 *
 * @param url of the gateway
 * @param token the administrator's
 * @param kafkaBootstrap host and port
 * @param databaseUrl JDBC, as the database's administrator, password included
 */
public record StackState(
    Identity launcher,
    String url,
    String token,
    String kafkaBootstrap,
    String databaseUrl,
    List<Member> processes) {

  /**
   * One process.
   *
   * @param state as the launcher last saw it
   * @param restarts how often it was started again since {@code up}
   * @param startMillis from its start until it was ready; 0 while it is not
   */
  public record Member(
      String name, Identity identity, int port, String state, int restarts, long startMillis) {}
}
