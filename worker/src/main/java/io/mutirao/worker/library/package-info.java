/**
 * What is installed before a task runs: jars of Maven repositories, Python packages in virtual
 * environments. Kept in the worker's cache, for whoever wants the same next. Start with {@link
 * io.mutirao.worker.library.Libraries}. How a task uses them is its runner's matter.
 */
@NullMarked
package io.mutirao.worker.library;

import org.jspecify.annotations.NullMarked;
