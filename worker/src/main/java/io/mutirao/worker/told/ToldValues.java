package io.mutirao.worker.told;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.service.ServiceClient;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Asks the dispatchers what the tasks of a run told: any one of them may answer. */
public record ToldValues(ServiceClient dispatchers) {

  /**
   * Of a run: values by key, by key of the task.
   *
   * @throws IOException no dispatcher answers for some time
   */
  public ObjectNode of(long run) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = dispatchers.get("/runs/" + run + "/values");
    if (answer.statusCode() != 200) {
      throw ServiceClient.unexpected(answer);
    }
    return Codec.JSON.readValue(answer.body(), ObjectNode.class);
  }
}
