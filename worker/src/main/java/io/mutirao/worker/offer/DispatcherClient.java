package io.mutirao.worker.offer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.task.ClaimAnswer;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.service.ServiceClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** Asks the dispatchers for claims: any one of them may answer. Of one thread. */
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
  Reply ask(ClaimRequest request) throws InterruptedException {
    URI dispatcher = dispatchers.get(next);
    Reply reply = ask(dispatcher, request);
    if (!(reply instanceof Reply.Answered)) {
      next = (next + 1) % dispatchers.size();
    }
    return reply;
  }

  private Reply ask(URI dispatcher, ClaimRequest request) throws InterruptedException {
    try {
      HttpResponse<byte[]> response =
          ServiceClient.send(
              ServiceClient.request(dispatcher, "/claims")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(Codec.JSON.writeValueAsBytes(request))));
      return switch (response.statusCode()) {
        case 200 -> new Reply.Answered(Codec.JSON.readValue(response.body(), ClaimAnswer.class));
        // As everywhere here: certainly nothing was decided.
        case 503 -> new Reply.NotHeard(dispatcher + " is not ready");
        default -> new Reply.Unclear(dispatcher + " answers " + response.statusCode());
      };
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Reply.NotHeard(dispatcher + " cannot be reached: " + e);
    } catch (JsonProcessingException e) {
      return new Reply.Unclear(dispatcher + " answers what is not a claim's answer: " + e);
    } catch (IOException e) {
      return new Reply.Unclear(dispatcher + ": " + e);
    }
  }
}
