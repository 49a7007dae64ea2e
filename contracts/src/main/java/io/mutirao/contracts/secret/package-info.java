/**
 * Secrets as they cross process borders: sealed. Start with {@link
 * io.mutirao.contracts.secret.Seal}. Who may read one is decided by the registry, which keeps them
 * and cannot open them.
 */
@NullMarked
package io.mutirao.contracts.secret;

import org.jspecify.annotations.NullMarked;
