package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.mutirao.systemtests.stack.Destinations;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Receiver;
import io.mutirao.systemtests.stack.Receiver.Post;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asked to hear of a run hears of it: a real mail server, a real HTTP receiver. */
@OnJourneyStack
class NoticesIT {

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Destinations destinations;
  private final Receiver receiver = new Receiver();
  private final GreenMail mails;

  NoticesIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    destinations = new Destinations(jobs);
    mails =
        new GreenMail(new ServerSetup(mutirao.mailPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  }

  @BeforeEach
  void begin() {
    mails.start();
  }

  @AfterEach
  void end() {
    mails.stop();
    receiver.close();
  }

  @Test
  void aRunIsToldByMailFromItsStartToItsEnd() throws Exception {
    String ana = address();
    long run =
        runOf(
            JobSettings.noop()
                .with("name", "São João nightly")
                .with("email_notifications", mail(ana, "on_start", "on_success", "on_failure")));

    List<MimeMessage> told = awaitMails(ana, 2);
    assertThat(told)
        .extracting(MimeMessage::getSubject)
        .containsExactly(
            "[Mutirão] São João nightly started (run " + run + ")",
            "[Mutirão] São João nightly succeeded (run " + run + ")");
    assertThat(told).extracting(MimeMessage::getMessageID).doesNotHaveDuplicates();
    assertThat(told)
        .extracting(mail -> mail.getHeader("References", null))
        .containsOnly("<run-" + run + "@mutirao.example>");
    assertThat(text(told.getLast()))
        .contains("Result: succeeded", mutirao.url() + "/?o=0#job/", "Duration: ");
  }

  @Test
  void aFailureIsToldWithTheFirstLineOfTheError() throws Exception {
    String ana = address();
    var script = mutirao.scripts().write("raise ValueError('no day')\n");
    long run =
        runOf(
            JobSettings.python(script)
                .with("name", "broken")
                .with("email_notifications", mail(ana, "on_success", "on_failure")));

    MimeMessage told = awaitMails(ana, 1).getFirst();
    assertThat(told.getSubject()).isEqualTo("[Mutirão] broken failed (run " + run + ")");
    assertThat(text(told)).contains("Message: ").contains("ValueError: no day");
  }

  @Test
  void aWebhookIsSignedAndSaysWhatHappenedInOrder() throws Exception {
    JsonNode made =
        destinations
            .create(
                "ops",
                Map.of(
                    "generic_webhook",
                    Map.of("url", receiver.url("in"), "username", "ana", "password", "geheim")))
            .ok();
    String secret = made.at("/config/generic_webhook/secret").asText();
    long run =
        runOf(
            JobSettings.noop()
                .with("name", "signed")
                .with(
                    "webhook_notifications",
                    Destinations.webhooks(made.path("id").asText(), "on_start", "on_success")));

    List<Post> posts = receiver.awaitPosts("in", 2);
    assertThat(posts).extracting(Post::event).containsExactly("jobs.on_start", "jobs.on_success");
    for (Post post : posts) {
      assertThat(post.headers().getFirst("webhook-signature")).isEqualTo(signature(secret, post));
      assertThat(post.headers().getFirst("Authorization")).isEqualTo("Basic YW5hOmdlaGVpbQ==");
      assertThat(post.json().at("/run/run_id").asText()).isEqualTo(String.valueOf(run));
      assertThat(post.json().at("/job/name").asText()).isEqualTo("signed");
    }
    assertThat(posts).extracting(Post::id).doesNotHaveDuplicates();
  }

  @Test
  void aTargetThatIsBusyIsAskedAgainUnderTheSameIdAndNothingOvertakes() {
    int[] left = {2};
    receiver.at(
        "busy",
        (exchange, post) -> {
          boolean busy = left[0]-- > 0;
          exchange.getResponseHeaders().add("Retry-After", "1");
          exchange.sendResponseHeaders(busy ? 503 : 200, -1);
        });
    runOf(
        JobSettings.noop()
            .with(
                "webhook_notifications",
                Destinations.webhooks(
                    destinations.webhook(receiver.url("busy")), "on_start", "on_success")));

    List<Post> posts = receiver.awaitPosts("busy", 4);
    assertThat(posts)
        .extracting(Post::event)
        .containsExactly("jobs.on_start", "jobs.on_start", "jobs.on_start", "jobs.on_success");
    assertThat(posts.subList(0, 3)).extracting(Post::id).containsOnly(posts.getFirst().id());
    assertThat(posts.get(3).id()).isNotEqualTo(posts.getFirst().id());
  }

  @Test
  void whatATargetRefusesIsListedAndMayBeSentAgain() {
    receiver.at("gone", Receiver.status(410));
    String id = destinations.webhook(receiver.url("gone"));
    long run =
        runOf(
            JobSettings.noop()
                .with("webhook_notifications", Destinations.webhooks(id, "on_success")));

    JsonNode failed = awaitFailed(run);
    assertThat(failed.path("error").asText()).isEqualTo("status 410");
    assertThat(failed.path("tries").asInt()).isEqualTo(1);
    assertThat(failed.path("target").asText()).isEqualTo(id);
    receiver.at("gone", Receiver.status(200));
    destinations.resend(failed.path("id").asText()).ok();

    List<Post> posts = receiver.awaitPosts("gone", 2);
    assertThat(posts).extracting(Post::id).containsOnly(failed.path("id").asText());
    await("the delivery is over").atMost(Jobs.DEADLINE).until(() -> failedOf(run).isEmpty());
    assertThat(destinations.resend("msg_nobody").errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
  }

  @Test
  void whoNamesADestinationThatIsNotThereFindsItAmongTheFailed() {
    long run =
        runOf(
            JobSettings.noop()
                .with("webhook_notifications", Destinations.webhooks("no-such", "on_success")));

    assertThat(awaitFailed(run).path("error").asText())
        .isEqualTo("there is no notification destination no-such");
  }

  @Test
  void aSkippedRunIsToldUnlessItIsMuted() throws Exception {
    String ana = address();
    String bia = address();
    JobSettings never = JobSettings.noop().atMost(0);
    runOf(never.with("email_notifications", mail(ana, "on_failure")));
    runOf(
        never
            .with("email_notifications", mail(bia, "on_failure"))
            .with("notification_settings", Map.of("no_alert_for_skipped_runs", true)));
    // Later than both, so that what has not come by then does not come.
    runOf(JobSettings.noop().with("email_notifications", mail(bia, "on_success")));

    assertThat(awaitMails(ana, 1).getFirst().getSubject()).contains("was skipped");
    assertThat(awaitMails(bia, 1))
        .extracting(MimeMessage::getSubject)
        .allMatch(subject -> subject.contains("succeeded"));
  }

  @Test
  void aRunThatTakesLongIsTold() throws Exception {
    String ana = address();
    var script = mutirao.scripts().write("import time; time.sleep(4)\n");
    var rule = Map.of("metric", "RUN_DURATION_SECONDS", "operator", "GREATER_THAN", "value", 1);
    runOf(
        JobSettings.python(script)
            .with("name", "long")
            .with("health", Map.of("rules", List.of(rule)))
            .with(
                "email_notifications",
                mail(ana, "on_duration_warning_threshold_exceeded", "on_success")));

    assertThat(awaitMails(ana, 2))
        .extracting(MimeMessage::getSubject)
        .satisfiesExactly(
            first -> assertThat(first).contains("long takes longer than 1 s"),
            second -> assertThat(second).contains("long succeeded"));
  }

  @Test
  void aTaskIsToldByItselfAndOfItsRetriesOnlyTheEnd() throws Exception {
    String ana = address();
    String bia = address();
    var script = mutirao.scripts().write("raise ValueError('no day')\n");
    Map<String, Object> load =
        JobSettings.python(script)
            .with("task_key", "load")
            .with("max_retries", 1)
            .with("email_notifications", mail(ana, "on_start", "on_success", "on_failure"))
            .with("notification_settings", Map.of("alert_on_last_attempt", true))
            .fields();
    Map<String, Object> report =
        JobSettings.noop()
            .with("task_key", "report")
            .with("email_notifications", mail(bia, "on_success"))
            .fields();
    Jobs later = jobs.in("2.1");
    long job =
        later.create(new JobSettings(Map.of("name", "graph", "tasks", List.of(load, report))));
    long run = later.runToEnd(job).id();
    // Later than both, so that what has not come by then does not come.
    runOf(JobSettings.noop().with("email_notifications", mail(ana, "on_success")));

    List<MimeMessage> told = new ArrayList<>(awaitMails(ana, 3));
    told.removeIf(mail -> subject(mail).contains("Untitled"));
    assertThat(told)
        .extracting(NoticesIT::subject)
        .containsExactly(
            "[Mutirão] graph, task load started (run " + run + ")",
            "[Mutirão] graph, task load failed (run " + run + ")");
    assertThat(text(told.get(0))).contains("Attempt: 0");
    assertThat(text(told.get(1))).contains("Attempt: 1", "ValueError: no day");
    assertThat(awaitMails(bia, 1))
        .extracting(MimeMessage::getSubject)
        .singleElement()
        .asString()
        .contains("graph, task report succeeded");
  }

  @Test
  void theAddressesOfADeletedJobHearOfItOnce() throws Exception {
    String ana = address();
    long job =
        jobs.create(
            JobSettings.noop()
                .with("name", "short-lived")
                .with("email_notifications", mail(ana, "on_start", "on_failure")));

    jobs.post("delete", Map.of("job_id", job)).ok();
    jobs.post("delete", Map.of("job_id", job)).ok();

    assertThat(awaitMails(ana, 1))
        .extracting(MimeMessage::getSubject)
        .containsExactly("[Mutirão] short-lived was deleted");
  }

  @Test
  void noJobNameMakesAHeader() throws Exception {
    String ana = address();
    runOf(
        JobSettings.noop()
            .with("name", "x\r\nBcc: eve@example.org\r\n\r\nhello")
            .with("email_notifications", mail(ana, "on_success")));

    MimeMessage told = awaitMails(ana, 1).getFirst();
    assertThat(told.getHeader("Bcc")).isNull();
    assertThat(told.getSubject()).startsWith("[Mutirão] x Bcc: eve@example.org");
    assertThat(mails.getReceivedMessagesForDomain("eve@example.org")).isEmpty();
  }

  @Test
  void aListOfAddressesIsADestinationToo() throws Exception {
    String ana = address();
    String bia = address();
    String id =
        destinations
            .create("both", Map.of("email", Map.of("addresses", List.of(ana, bia))))
            .ok()
            .path("id")
            .asText();
    runOf(
        JobSettings.noop().with("webhook_notifications", Destinations.webhooks(id, "on_success")));

    // One mail, of which the server keeps a copy for each of them.
    assertThat(awaitMails(ana, 2))
        .extracting(MimeMessage::getMessageID)
        .hasSize(2)
        .containsOnly(awaitMails(bia, 2).getFirst().getMessageID());
  }

  private long runOf(JobSettings settings) {
    return jobs.runToEnd(jobs.create(settings)).id();
  }

  private static String address() {
    return "ana-" + UUID.randomUUID() + "@example.org";
  }

  private static Map<String, Object> mail(String address, String... events) {
    Map<String, Object> on = new HashMap<>();
    Arrays.stream(events).forEach(event -> on.put(event, List.of(address)));
    return on;
  }

  private List<MimeMessage> awaitMails(String address, int count) {
    return await(count + " mails to " + address)
        .atMost(Jobs.DEADLINE)
        .until(() -> mailsTo(address), found -> found.size() >= count);
  }

  private List<MimeMessage> mailsTo(String address) throws MessagingException {
    return Arrays.stream(mails.getReceivedMessagesForDomain(address)).toList();
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(MimeMessage mail) throws Exception {
    return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
  }

  private JsonNode awaitFailed(long run) {
    return await("a failed delivery of run " + run)
        .atMost(Jobs.DEADLINE)
        .until(() -> failedOf(run), found -> !found.isEmpty())
        .getFirst();
  }

  private List<JsonNode> failedOf(long run) {
    return destinations
        .deliveries("?limit=1000")
        .ok()
        .path("deliveries")
        .valueStream()
        .filter(delivery -> delivery.path("run_id").asLong() == run)
        .toList();
  }

  private static String signature(String secret, Post post) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        post.id() + "." + post.headers().getFirst("webhook-timestamp") + "." + post.body();
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
