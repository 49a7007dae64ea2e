/**
 * Secrets of the tasks that run here: asked for on behalf of one attempt, opened here and nowhere
 * else, and never printed. Start with {@link io.mutirao.worker.secret.SecretDesk}. Who may read
 * what is the registry's word.
 */
@NullMarked
package io.mutirao.worker.secret;

import org.jspecify.annotations.NullMarked;
