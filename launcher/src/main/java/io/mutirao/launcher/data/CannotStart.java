package io.mutirao.launcher.data;

/** Why a stack cannot be started or found, in words for the person at the terminal. */
public final class CannotStart extends Exception {

  private static final long serialVersionUID = 1L;

  public CannotStart(String words) {
    super(words);
  }

  public CannotStart(String words, Throwable cause) {
    super(words + " (" + cause.getMessage() + ")", cause);
  }

  /** The words, which are never missing. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
