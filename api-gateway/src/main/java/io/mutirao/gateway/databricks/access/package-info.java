/**
 * Tokens, and who may do what with a job, as Databricks words it. Start with {@link
 * io.mutirao.gateway.databricks.access.TokensResource}. What a level allows is decided in the
 * gateway's own access package.
 */
@NullMarked
package io.mutirao.gateway.databricks.access;

import org.jspecify.annotations.NullMarked;
