package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Destinations;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import io.mutirao.systemtests.stack.Receiver;
import io.mutirao.systemtests.stack.Receiver.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A notifier that is killed, and targets that are dead. */
@OnFaultStack
class NotifierIT {

  private static final int EVENTS = 1_000;

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Destinations destinations;
  private final Receiver receiver = new Receiver();

  NotifierIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    destinations = new Destinations(jobs);
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void aNotifierKilledBetweenTheSendAndTheMarkRepeatsThatIdAndNothingElse() {
    AtomicBoolean first = new AtomicBoolean(true);
    receiver.at(
        "in",
        (exchange, _) -> {
          if (first.getAndSet(false)) {
            // It has the message; whoever sent it will not hear so.
            mutirao.stack().kill("notifier");
          }
          exchange.sendResponseHeaders(204, -1);
        });
    long run = runTold("in", "on_start", "on_success");

    List<Post> posts = receiver.awaitPosts("in", 3);
    awaitNothingOpen(run);
    assertThat(receiver.posts("in")).hasSize(3);
    assertThat(posts)
        .extracting(Post::event)
        .containsExactly("jobs.on_start", "jobs.on_start", "jobs.on_success");
    assertThat(posts.get(1).id()).isEqualTo(posts.get(0).id());
    assertThat(posts.get(2).id()).isNotEqualTo(posts.get(0).id());
  }

  @Test
  void aNotifierKilledUnderLoadAnnouncesEverythingAndNothingTwiceUnderAnotherId() {
    List<Long> expected = new ArrayList<>();
    long job = jobTold("load", "on_start", "on_success");
    for (int i = 0; i < 60; i++) {
      expected.add(jobs.runNow(job));
      if (i % 20 == 10) {
        mutirao.stack().kill("notifier");
      }
    }
    expected.forEach(jobs::awaitEnd);

    await("each run's start and end")
        .atMost(Jobs.DEADLINE)
        .until(() -> idsByEvent("load").size() == 2 * expected.size());
    assertThat(idsByEvent("load").values())
        .allSatisfy(ids -> assertThat(ids).containsOnly(ids.getFirst()));
    Map<String, String> last = new HashMap<>();
    for (Post post : receiver.posts("load")) {
      String before = last.put(runOf(post), post.event());
      assertThat(before + " " + post.event())
          .as("a start is never announced after its end")
          .isNotEqualTo("jobs.on_success jobs.on_start");
    }
  }

  @Test
  void deadTargetsHoldUpNobody() {
    receiver.at("busy", Receiver.status(503));
    receiver.at("hanging", receiver.silence());
    String well = destinations.webhook(receiver.url("well"));
    String busy = destinations.webhook(receiver.url("busy"));
    String hanging = destinations.webhook(receiver.url("hanging"));
    List<Map<String, String>> all =
        Stream.of(busy, hanging, well).map(id -> Map.of("id", id)).toList();
    long job =
        jobs.create(
            JobSettings.noop()
                .atMost(1_000)
                .with("webhook_notifications", Map.of("on_success", all)));
    for (int i = 0; i < EVENTS; i++) {
      jobs.runNow(job);
    }

    List<Post> posts = receiver.awaitPosts("well", EVENTS);
    List<Long> late =
        posts.stream()
            .map(post ->
                Duration.between(Instant.parse(post.json().path("timestamp").asText()), post.at()))
            .map(Duration::toMillis)
            .sorted()
            .toList();
    long median = late.get(EVENTS / 2);
    long p99 = late.get(EVENTS * 99 / 100);
    System.err.printf("from event to healthy target: p50 %d ms, p99 %d ms%n", median, p99);
    assertThat(p99).isLessThan(5_000);
    assertThat(receiver.posts("busy")).isNotEmpty();
    assertThat(receiver.posts("hanging")).isNotEmpty();
    assertThat(posts).extracting(Post::id).doesNotHaveDuplicates();
    // Else they would be tried for a day.
    destinations.delete(busy).ok();
    destinations.delete(hanging).ok();
  }

  private long runTold(String name, String... events) {
    return jobs.runNow(jobTold(name, events));
  }

  private long jobTold(String name, String... events) {
    String id = destinations.webhook(receiver.url(name));
    return jobs.create(
        JobSettings.noop()
            .atMost(1_000)
            .with("webhook_notifications", Destinations.webhooks(id, events)));
  }

  private void awaitNothingOpen(long run) {
    await("all deliveries of run " + run + " are over")
        .atMost(Jobs.DEADLINE)
        .until(() -> {
          JsonNode waiting = destinations.deliveries("?state=WAITING&limit=1000").json();
          return waiting.path("deliveries").isArray()
              && waiting
                  .path("deliveries")
                  .valueStream()
                  .noneMatch(delivery -> delivery.path("run_id").asLong() == run);
        });
  }

  private Map<String, List<String>> idsByEvent(String name) {
    Map<String, List<String>> ids = new HashMap<>();
    for (Post post : receiver.posts(name)) {
      ids.computeIfAbsent(runOf(post) + " " + post.event(), _ -> new ArrayList<>()).add(post.id());
    }
    return ids;
  }

  private static String runOf(Post post) {
    return post.json().at("/run/run_id").asText();
  }
}
