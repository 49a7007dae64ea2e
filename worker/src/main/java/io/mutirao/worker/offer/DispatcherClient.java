package io.mutirao.worker.offer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.service.ServiceClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.List;

/**
 * Asks the dispatchers for claims: any one of them may answer. Of one thread, which itself writes
 * and reads: a claim is on the way of each run, and handing it to a client's threads and back takes
 * about as long as the dispatcher does.
 */
final class DispatcherClient {

  /** What came of one try. */
  sealed interface Reply {
    record Answered(ClaimAnswer answer) implements Reply {}

    /** Nobody has decided, and nobody will. */
    record NotHeard(String why) implements Reply {}

    /** Somebody may have seen it, and may have granted it. */
    record Unclear(String why) implements Reply {}
  }

  private final List<URI> dispatchers;
  private int next;

  DispatcherClient(List<URI> dispatchers) {
    this.dispatchers = List.copyOf(dispatchers);
  }

  /** Asks one dispatcher; after a failure the next time another. */
  Reply ask(ClaimRequest request) {
    URI dispatcher = dispatchers.get(next);
    Reply reply = ask(dispatcher, request);
    if (!(reply instanceof Reply.Answered)) {
      next = (next + 1) % dispatchers.size();
    }
    return reply;
  }

  private static Reply ask(URI dispatcher, ClaimRequest request) {
    HttpURLConnection connection;
    try {
      connection = connect(dispatcher);
    } catch (IOException e) {
      return new Reply.NotHeard(dispatcher + " cannot be reached: " + e);
    }
    try {
      connection.getOutputStream().write(Codec.JSON.writeValueAsBytes(request));
      int status = connection.getResponseCode();
      return switch (status) {
        case 200 -> new Reply.Answered(answer(connection));
        // As everywhere here: certainly nothing was decided.
        case 503 -> new Reply.NotHeard(dispatcher + " is not ready");
        default -> new Reply.Unclear(dispatcher + " answers " + status);
      };
    } catch (JsonProcessingException e) {
      return new Reply.Unclear(dispatcher + " answers what is not a claim's answer: " + e);
    } catch (IOException e) {
      return new Reply.Unclear(dispatcher + ": " + e);
    }
  }

  /** Connected, or on a connection that an earlier claim left open. */
  private static HttpURLConnection connect(URI dispatcher) throws IOException {
    URL claims = ServiceClient.address(dispatcher, "/claims").toURL();
    HttpURLConnection connection = (HttpURLConnection) claims.openConnection();
    connection.setConnectTimeout((int) ServiceClient.CONNECT.toMillis());
    connection.setReadTimeout((int) ServiceClient.ANSWER.toMillis());
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.connect();
    return connection;
  }

  private static ClaimAnswer answer(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return Codec.JSON.readValue(body.readAllBytes(), ClaimAnswer.class);
    }
  }
}
