/**
 * What the worker tells the dispatcher, on {@code task.reports}. Start with {@link
 * io.mutirao.worker.report.Reports}. Who reports decides what; here is only the way out.
 */
@NullMarked
package io.mutirao.worker.report;

import org.jspecify.annotations.NullMarked;
