package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import java.util.List;

/** One vendor's API. */
public interface Dialect {

  /**
   * Below this path the dialect's own error format answers whatever nobody serves; the longest root
   * that fits wins. {@code /} answers all the rest.
   */
  String root();

  List<Endpoint> endpoints();

  Answer render(Problem problem);

  /**
   * Something that can be asked.
   *
   * @param method GET or POST
   * @param path as Vert.x Web writes paths
   */
  record Endpoint(String method, String path, Handler handler) {

    public static Endpoint get(String path, Handler handler) {
      return new Endpoint("GET", path, handler);
    }

    public static Endpoint post(String path, Handler handler) {
      return new Endpoint("POST", path, handler);
    }
  }

  /** Answers a call, on a virtual thread. */
  interface Handler {
    Answer answer(Call call) throws Rejected;
  }
}
