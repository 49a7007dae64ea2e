package io.mutirao.gateway.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who answers at paths that have no names in them, found at once: a router tries its routes one
 * after the other, and there are hundreds.
 */
final class WholePaths implements Handler<RoutingContext> {

  /**
   * At one path.
   *
   * @param otherwise whatever the methods do not say
   */
  record Here(Map<String, Handler<RoutingContext>> methods, Handler<RoutingContext> otherwise) {}

  private final Map<String, Here> paths = new HashMap<>();

  static boolean isOne(String path) {
    return path.indexOf(':') < 0 && path.indexOf('*') < 0;
  }

  void add(String path, Here here) {
    if (paths.putIfAbsent(path, here) != null) {
      throw new IllegalStateException("two answer at " + path);
    }
  }

  @Override
  public void handle(RoutingContext context) {
    Here here;
    try {
      here = find(context.normalizedPath());
    } catch (IllegalArgumentException e) {
      context.fail(400, e); // as the router does when a route has a path
      return;
    }
    if (here == null) {
      context.next();
    } else {
      here.methods()
          .getOrDefault(context.request().method().name(), here.otherwise())
          .handle(context);
    }
  }

  /** As routers do, takes no notice of a slash at the end. */
  private @Nullable Here find(String path) {
    return paths.get(
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }
}
