package io.mutirao.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.mutirao.notifier.channel.ChannelConfig.Tls;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Refused;
import io.mutirao.notifier.channel.Outcome.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** On a real mail server. */
final class MailDoorTest {

  private static final String PASSWORD = "geheim";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private int port;

  @TempDir static Path folder;

  private static @Nullable Certificate ofLocalhost;
  private static @Nullable Certificate ofAnother;

  @BeforeAll
  static void certificates() throws Exception {
    ofLocalhost = Certificate.of("localhost", folder);
    ofAnother = Certificate.of("other.example", folder);
  }

  @BeforeEach
  void begin() {
    server.start();
    port = server.getSmtp().getPort();
  }

  @AfterEach
  void end() {
    Certificate.trustNone();
    server.stop();
  }

  @Test
  void aMailArrives() throws Exception {
    assertThat(send("127.0.0.1", Tls.NONE, null)).isEqualTo(new Sent());
    assertThat(server.getReceivedMessages())
        .singleElement()
        .satisfies(
            mail -> assertThat(mail.getSubject()).isEqualTo("[Mutirão] nightly failed (run 77)"));
  }

  @Test
  void withoutAServerItSaysWhatToSet() {
    assertThat(send(null, Tls.NONE, null))
        .isEqualTo(new Refused("no mail server is configured: set MUTIRAO_SMTP_HOST"));
  }

  @Test
  void aServerThatDoesNotEncryptGetsNoMailThatMustBe() {
    assertThat(send("127.0.0.1", Tls.STARTTLS, null)).isInstanceOf(NotNow.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void whoHasTheRightPasswordGetsIn() {
    server.setUser("jobs@mutirao.example", "jobs", PASSWORD);

    assertThat(send("127.0.0.1", Tls.NONE, "jobs")).isEqualTo(new Sent());
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aWrongPasswordMayBeMendedWithinTheDay() {
    server.setUser("jobs@mutirao.example", "jobs", "another");

    assertThat(send("127.0.0.1", Tls.NONE, "jobs"))
        .isInstanceOfSatisfying(
            NotNow.class, later -> assertThat(later.why()).contains("refused us"));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Tls.class, names = "NONE", mode = Mode.EXCLUDE)
  void aMailArrivesThroughAnEncryptedConnectionToAServerThatIsTrusted(Tls tls) throws Exception {
    ofLocalhost.trust();
    server.setUser("jobs@mutirao.example", "jobs", PASSWORD);

    try (TlsGate gate = new TlsGate(ofLocalhost, tls == Tls.STARTTLS, port)) {
      port = gate.port();
      assertThat(send("localhost", tls, "jobs")).isEqualTo(new Sent());
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = Tls.class, names = "NONE", mode = Mode.EXCLUDE)
  void aServerWithACertificateOfAnotherNameGetsNoMailAndNoPassword(Tls tls) throws Exception {
    ofAnother.trust();

    try (TlsGate gate = new TlsGate(ofAnother, tls == Tls.STARTTLS, port)) {
      port = gate.port();
      assertThat(send("localhost", tls, "jobs")).isInstanceOf(NotNow.class);
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Tls.class, names = "NONE", mode = Mode.EXCLUDE)
  void aServerThatNobodyTrustsGetsNoMail(Tls tls) throws Exception {
    try (TlsGate gate = new TlsGate(ofLocalhost, tls == Tls.STARTTLS, port)) {
      port = gate.port();
      assertThat(send("localhost", tls, null))
          .isInstanceOfSatisfying(
              NotNow.class, later -> assertThat(later.why()).contains("certification path"));
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() {
    server.stop();

    assertThat(send("127.0.0.1", Tls.NONE, null))
        .isInstanceOfSatisfying(NotNow.class, later -> assertThat(later.silent()).isTrue());
  }

  @Test
  void whatIsNoAddressIsRefused() {
    MailDoor door = door("127.0.0.1", Tls.NONE, null);

    assertThat(door.send(parcel(), List.of("ana@example.org\r\nRCPT TO:<eve@example.org>")))
        .isInstanceOf(Refused.class);
  }

  private Outcome send(@Nullable String host, Tls tls, @Nullable String user) {
    return door(host, tls, user).send(parcel(), List.of("ana@example.org"));
  }

  private static Parcel parcel() {
    return Examples.mail(Examples.failure("nightly", "no day"), "ana@example.org");
  }

  private MailDoor door(@Nullable String host, Tls tls, @Nullable String user) {
    return new MailDoor(
        new Settings(
            Optional.ofNullable(host),
            OptionalInt.of(port),
            tls,
            Optional.ofNullable(user),
            Optional.ofNullable(user == null ? null : PASSWORD),
            "jobs@mutirao.example",
            Duration.ofSeconds(5)),
        Examples.BASE);
  }

  private record Settings(
      Optional<String> host,
      OptionalInt port,
      Tls tls,
      Optional<String> user,
      Optional<String> password,
      String from,
      Duration timeout)
      implements ChannelConfig.Smtp {}
}
