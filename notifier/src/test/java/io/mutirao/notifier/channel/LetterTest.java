package io.mutirao.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LetterTest {

  private static final Session SESSION = Session.getInstance(new Properties());

  @Test
  void theSubjectSaysJobResultAndRun() throws Exception {
    MimeMessage letter = sent("São João nightly", "ValueError: no day\n  at line 3");

    assertThat(letter.getSubject()).isEqualTo("[Mutirão] São João nightly failed (run 77)");
    assertThat(letter.getFrom())
        .extracting(Object::toString)
        .containsExactly("jobs@mutirao.example");
    assertThat(letter.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("ana@example.org");
  }

  @Test
  void itSaysTheSameInPlainTextAndInHtml() throws Exception {
    MimeMultipart parts =
        (MimeMultipart) sent("a <b>job</b>", "ValueError: no day\n  at line 3").getContent();

    String plain = (String) parts.getBodyPart(0).getContent();
    String html = (String) parts.getBodyPart(1).getContent();
    assertThat(plain)
        .contains(
            "a <b>job</b> failed (run 77)",
            "Message: ValueError: no day",
            "Duration: 1 min 15 s",
            "Attempt: 1",
            "Parameter day: today",
            "--fast",
            "http://mutirao.example:8080/?o=0#job/44/run/77")
        .doesNotContain("at line 3");
    assertThat(html)
        .contains("a &lt;b&gt;job&lt;/b&gt; failed", "ValueError: no day")
        .doesNotContain("<b>job");
  }

  @Test
  void itsIdIsTheDeliverysAndItStandsInTheThreadOfItsRun() throws Exception {
    MimeMessage letter = sent("nightly", "");

    assertThat(letter.getMessageID()).isEqualTo("<msg_1@mutirao.example>");
    assertThat(letter.getHeader("References", null)).isEqualTo("<run-77@mutirao.example>");
    assertThat(letter.getHeader("In-Reply-To", null)).isEqualTo("<run-77@mutirao.example>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nBcc: eve@example.org",
        "x\nBcc: eve@example.org",
        "x\r\n\r\nhello",
        "x\u2028Bcc: eve@example.org",
        "x\u0085Bcc: eve@example.org",
        "é\r\nBcc: eve@example.org"
      })
  void noJobNameMakesAHeader(String name) throws Exception {
    MimeMessage letter = sent(name, "oops\r\nBcc: eve@example.org");

    assertThat(letter.getHeader("Bcc")).isNull();
    assertThat(letter.getAllRecipients()).hasSize(1);
    assertThat(letter.getSubject()).endsWith("failed (run 77)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "a@example.org\r\nBcc: eve@example.org",
        "a@example.org, eve@example.org",
        "a@example.org;eve@example.org",
        "team: a@example.org;",
        "a b@example.org"
      })
  void whatIsNotOneAddressIsRefused(String address) {
    assertThatThrownBy(() -> Letter.address(address)).isInstanceOf(AddressException.class);
  }

  /** As the receiver reads it: written to bytes and read back. */
  private static MimeMessage sent(String jobName, String message) throws Exception {
    Parcel parcel = Examples.mail(Examples.failure(jobName, message), "ana@example.org");
    Letter letter =
        Letter.of(
            SESSION, parcel, List.of("ana@example.org"), "jobs@mutirao.example", Examples.BASE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    letter.writeTo(bytes);
    String text = bytes.toString(StandardCharsets.UTF_8);
    return new MimeMessage(
        SESSION, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
