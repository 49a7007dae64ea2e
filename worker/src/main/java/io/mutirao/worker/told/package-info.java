/**
 * What tasks tell each other: a worker asks the dispatcher for it before a task starts, and reports
 * what the task told at its end. Start with {@link io.mutirao.worker.told.ToldValues}.
 */
@NullMarked
package io.mutirao.worker.told;

import org.jspecify.annotations.NullMarked;
