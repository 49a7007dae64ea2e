package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Caller;

/**
 * An authenticated request.
 *
 * @param in its parameters: of a POST the body, of a GET the query or, without one, the body
 * @param base where the caller reached us, for links: {@code http://host:port}
 */
public record Call(Caller caller, Fields in, String base) {}
