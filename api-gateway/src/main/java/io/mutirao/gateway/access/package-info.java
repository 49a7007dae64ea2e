/**
 * Who may ask, and what with which job. Start with {@link io.mutirao.gateway.access.Authentication}
 * for the one and {@link io.mutirao.gateway.access.JobPolicy} for the other. Who has which grant is
 * the registry's.
 */
@NullMarked
package io.mutirao.gateway.access;

import org.jspecify.annotations.NullMarked;
