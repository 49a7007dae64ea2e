/**
 * The owners of jobs, runs and logs, as the dialects' ports. Commands go over Kafka and wait for a
 * correlated reply: start with {@link io.mutirao.gateway.backend.Commands}. Questions go over HTTP:
 * {@link io.mutirao.gateway.backend.OwnerClient}. No dialect here, and no state that outlives a
 * request.
 */
@NullMarked
package io.mutirao.gateway.backend;

import org.jspecify.annotations.NullMarked;
