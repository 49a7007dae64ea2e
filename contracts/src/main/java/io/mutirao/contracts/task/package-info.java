/**
 * Between dispatcher and worker: offers, claims, reports, control. An offer is a hint; a start is
 * always claimed ({@link io.mutirao.contracts.task.ClaimRequest}).
 */
@NullMarked
package io.mutirao.contracts.task;

import org.jspecify.annotations.NullMarked;
