package io.mutirao.systemtests.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody's HTTP server that takes webhooks. By path, it may be told how to answer. */
public final class Receiver implements AutoCloseable {

  /** A webhook that came. */
  public record Post(String path, Headers headers, String body, Instant at) {

    public JsonNode json() {
      try {
        return Answer.JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("a webhook that is not JSON: " + body, e);
      }
    }

    public String id() {
      return headers.getFirst("webhook-id");
    }

    /** For example {@code jobs.on_start}. */
    public String event() {
      return json().path("event_type").asText();
    }
  }

  /** What happens to a webhook after it was seen. */
  public interface Behaviour {
    void answer(HttpExchange exchange, Post post) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** Where it takes webhooks under that name. */
  public String url(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  public void at(String name, Behaviour behaviour) {
    behaviours.put("/" + name, behaviour);
  }

  /** Answers with that status. */
  public static Behaviour status(int status) {
    return (exchange, _) -> exchange.sendResponseHeaders(status, -1);
  }

  /** Never answers. */
  public Behaviour silence() {
    return (_, _) -> closed.await();
  }

  private void take(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Post post = new Post(path, exchange.getRequestHeaders(), body, Instant.now());
    posts.add(post);
    try {
      behaviours.getOrDefault(path, status(204)).answer(exchange, post);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IOException("the receiver's behaviour failed", e);
    } finally {
      exchange.close();
    }
  }

  /** What came under that name so far, in order. */
  public List<Post> posts(String name) {
    return posts.stream().filter(post -> post.path().equals("/" + name)).toList();
  }

  /** Waits until so many came. */
  public List<Post> awaitPosts(String name, int count) {
    return await(count + " webhooks at " + name)
        .atMost(Jobs.DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> posts(name), found -> found.size() >= count);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
