/**
 * Secrets, which stand here sealed and are never opened here. Start with {@link
 * io.mutirao.registry.secret.SecretResource}. What users may do is decided in the gateway; only
 * what a run may read is decided here, for workers ask directly.
 */
@NullMarked
package io.mutirao.registry.secret;

import org.jspecify.annotations.NullMarked;
