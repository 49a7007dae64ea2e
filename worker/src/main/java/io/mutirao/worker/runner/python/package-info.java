/**
 * Tasks of kind {@code python}: one script file, with parameters. Start with {@link
 * io.mutirao.worker.runner.python.PythonRunner}.
 */
@NullMarked
package io.mutirao.worker.runner.python;

import org.jspecify.annotations.NullMarked;
