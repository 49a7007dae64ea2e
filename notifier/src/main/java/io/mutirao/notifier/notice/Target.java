package io.mutirao.notifier.notice;

/**
 * Who is told.
 *
 * @param name an address, or the id of a notification destination
 */
public record Target(Channel channel, String name) {

  /** How a target is reached. */
  public enum Channel {
    MAIL,
    DESTINATION
  }

  /** Longer is no address and no id; an index has room for so much. */
  private static final int MAX_NAME = 500;

  /** The database keeps no NUL; whoever has one in his name is not reached anyway. */
  public Target {
    name = name.replace('\0', '?');
    name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
  }

  /** What may be slow or dead as a whole: all mails share the server. */
  public String route() {
    return switch (channel) {
      case MAIL -> "mail";
      case DESTINATION -> "destination/" + name;
    };
  }
}
