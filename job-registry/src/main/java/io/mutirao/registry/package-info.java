/**
 * The registry owns job definitions and users. Start with {@link
 * io.mutirao.registry.job.JobConsumer}; each package is one feature. What a run does belongs to the
 * dispatcher, not here.
 */
@NullMarked
package io.mutirao.registry;

import org.jspecify.annotations.NullMarked;
