/**
 * Who may ask. Start with {@link io.mutirao.gateway.access.Authentication}. What a user may do with
 * which job does not belong here.
 */
@NullMarked
package io.mutirao.gateway.access;

import org.jspecify.annotations.NullMarked;
