/**
 * The front door: what every dialect's requests pass through, whatever they say. Start with {@link
 * io.mutirao.gateway.http.FrontDoor}; a dialect implements {@link io.mutirao.gateway.http.Dialect}.
 * Nothing here knows a job or a run.
 */
@NullMarked
package io.mutirao.gateway.http;

import org.jspecify.annotations.NullMarked;
