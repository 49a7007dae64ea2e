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

  /** What an endpoint takes as its body. */
  enum Takes {
    /** A JSON object, under any content type; of GET and DELETE the query may stand for it. */
    JSON,
    /** A form with files ({@code multipart/form-data}), also large ones, or else {@link #JSON}. */
    FORM,
    /** Bytes as they are, also many, while they arrive; the parameters stand in the query. */
    BYTES
  }

  /**
   * Something that can be asked.
   *
   * @param method GET, POST, PUT, PATCH or DELETE
   * @param path as Vert.x Web writes paths; a {@code *} at its end stands for all the rest
   * @param open whether it is answered without credentials
   */
  record Endpoint(String method, String path, Takes takes, boolean open, Handler handler) {

    public static Endpoint get(String path, Handler handler) {
      return of("GET", path, handler);
    }

    public static Endpoint post(String path, Handler handler) {
      return of("POST", path, handler);
    }

    public static Endpoint put(String path, Handler handler) {
      return of("PUT", path, handler);
    }

    public static Endpoint patch(String path, Handler handler) {
      return of("PATCH", path, handler);
    }

    public static Endpoint delete(String path, Handler handler) {
      return of("DELETE", path, handler);
    }

    private static Endpoint of(String method, String path, Handler handler) {
      return new Endpoint(method, path, Takes.JSON, false, handler);
    }

    public Endpoint taking(Takes other) {
      return new Endpoint(method, path, other, open, handler);
    }

    /** For everybody. The call's user is then nobody in particular. */
    public Endpoint withoutCredentials() {
      return new Endpoint(method, path, takes, true, handler);
    }
  }

  /** Answers a call, on a virtual thread. */
  interface Handler {
    Answer answer(Call call) throws Rejected;
  }
}
