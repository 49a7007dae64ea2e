package io.mutirao.gateway.core;

/**
 * Who asks, and in which trace.
 *
 * @param user the user's name
 * @param traceparent W3C trace context, handed on with every command
 */
public record Caller(String user, String traceparent) {}
