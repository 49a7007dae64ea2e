package io.mutirao.notifier.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.notifier.notice.Notice;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A notice as a mail: plain text and HTML, in one thread with the others of its run. */
final class Letter extends MimeMessage {

  /** RFC 3696: 64 before the sign and 255 behind it. */
  private static final int MAX_ADDRESS = 320;

  private final String id;

  private Letter(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Letter of(Session session, Parcel parcel, List<String> addresses, String from, URI base)
      throws MessagingException {
    Notice notice = parcel.notice();
    InternetAddress sender = address(from);
    String host = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
    Letter letter = new Letter(session, "<" + parcel.id() + "@" + host + ">");
    letter.setFrom(sender);
    for (String address : addresses) {
      letter.addRecipient(RecipientType.TO, address(address));
    }
    letter.setSubject("[Mutirão] " + Words.headline(notice), UTF_8.name());
    letter.setSentDate(Date.from(parcel.now()));
    String thread = "<" + parcel.subject().replace(' ', '-') + "@" + host + ">";
    letter.setHeader("In-Reply-To", thread);
    letter.setHeader("References", thread);
    letter.setHeader("Auto-Submitted", "auto-generated");
    Map<String, String> details = Words.details(notice, base);
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(plain(notice, details), UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(notice, details), UTF_8.name(), "html");
    letter.setContent(new MimeMultipart("alternative", plain, html));
    letter.saveChanges();
    return letter;
  }

  /** One address and nothing else: no name, no group, no second line. */
  static InternetAddress address(String text) throws AddressException {
    if (text.length() > MAX_ADDRESS) {
      throw new AddressException("longer than " + MAX_ADDRESS + " characters");
    }
    if (!text.equals(Words.oneLine(text)) || text.indexOf(',') >= 0 || text.indexOf(';') >= 0) {
      throw new AddressException("not one address", text);
    }
    InternetAddress address = new InternetAddress(text, true);
    address.validate();
    return address;
  }

  private static String plain(Notice notice, Map<String, String> details) {
    StringBuilder text = new StringBuilder(Words.headline(notice)).append("\n\n");
    details.forEach((name, value) -> text.append(name).append(": ").append(value).append("\n"));
    return text.toString();
  }

  private static String html(Notice notice, Map<String, String> details) {
    StringBuilder text =
        new StringBuilder("<!DOCTYPE html><html><body><h3>")
            .append(escaped(Words.headline(notice)))
            .append("</h3><table>");
    details.forEach((name, value) -> {
      String shown = escaped(value);
      if (name.equals("Page")) {
        shown = "<a href=\"" + shown + "\">" + shown + "</a>";
      }
      text.append("<tr><th align=\"left\">")
          .append(escaped(name))
          .append("</th><td>")
          .append(shown)
          .append("</td></tr>");
    });
    return text.append("</table></body></html>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Stable over tries, so that whoever gets it twice sees that it is the same. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
