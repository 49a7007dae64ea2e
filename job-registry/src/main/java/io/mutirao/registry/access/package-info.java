/**
 * Users, groups, and tokens of which only a hash is kept. Start with {@link
 * io.mutirao.registry.access.TokenResource}. Who may do what with a job stands with the job; what a
 * level allows is decided in the gateway.
 */
@NullMarked
package io.mutirao.registry.access;

import org.jspecify.annotations.NullMarked;
