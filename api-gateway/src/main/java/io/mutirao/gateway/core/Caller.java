package io.mutirao.gateway.core;

/**
 * Who asks, and in which trace.
 *
 * @param traceparent W3C trace context, handed on with every command
 */
public record Caller(User who, String traceparent) {

  /** The user's name. */
  public String user() {
    return who.name();
  }
}
