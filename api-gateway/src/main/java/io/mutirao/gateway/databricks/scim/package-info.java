/**
 * Users and groups as SCIM 2.0 words them. Start with {@link
 * io.mutirao.gateway.databricks.scim.ScimResource}; what a PATCH does is decided in {@link
 * io.mutirao.gateway.databricks.scim.PatchMapping}. Tokens do not belong here.
 */
@NullMarked
package io.mutirao.gateway.databricks.scim;

import org.jspecify.annotations.NullMarked;
