/**
 * {@code /api/2.0/secrets}. Start with {@link
 * io.mutirao.gateway.databricks.secrets.SecretsResource}. How secrets are sealed and kept is the
 * backend's; how a run gets them the worker's.
 */
@NullMarked
package io.mutirao.gateway.databricks.secrets;

import org.jspecify.annotations.NullMarked;
