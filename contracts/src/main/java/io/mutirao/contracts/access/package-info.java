/**
 * Users, groups and tokens as the registry shows them over HTTP and takes them. Start with {@link
 * io.mutirao.contracts.access.UserView}. No token itself ever stands here, only its hash.
 */
@NullMarked
package io.mutirao.contracts.access;

import org.jspecify.annotations.NullMarked;
