/**
 * Clusters, for which worker pools stand, and what clients ask before they ask anything. Start with
 * {@link io.mutirao.gateway.databricks.clusters.ClustersResource}. Nothing here starts or stops
 * anything.
 */
@NullMarked
package io.mutirao.gateway.databricks.clusters;

import org.jspecify.annotations.NullMarked;
