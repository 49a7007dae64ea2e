/**
 * Notebooks: of Jupyter, and source code with its cells behind comments. Start with {@link
 * io.mutirao.worker.runner.notebook.NotebookRunner}; what runs them is {@code driver.py}, and what
 * they find in their kernel {@code workspace.py}, with dbutils in {@code databricks_utilities.py}.
 */
@NullMarked
package io.mutirao.worker.runner.notebook;

import org.jspecify.annotations.NullMarked;
