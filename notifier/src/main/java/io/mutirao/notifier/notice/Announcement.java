package io.mutirao.notifier.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * One message that is to be sent.
 *
 * @param subject what it tells of: messages of one subject to one target go out in order
 * @param event which one of the subject's events, the same in every repeat of it
 */
public record Announcement(String subject, String event, Notice notice, Target target) {

  /** The same for the same event and target, however often the event comes. */
  public String id() {
    String task = notice.task() == null ? "" : notice.task();
    String name = String.join("\n", subject, event, task, target.channel().name(), target.name());
    return "msg_" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString().replace("-", "");
  }
}
