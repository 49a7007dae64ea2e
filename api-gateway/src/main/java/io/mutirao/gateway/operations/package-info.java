/**
 * {@code /api/mutirao}: what no vendor's API has, for whoever looks after the installation. Start
 * with {@link io.mutirao.gateway.operations.DeliveriesResource}.
 */
@NullMarked
package io.mutirao.gateway.operations;

import org.jspecify.annotations.NullMarked;
