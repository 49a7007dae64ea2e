/**
 * The workspace: notebooks, files and folders, in the object store under {@code workspace/}. Start
 * with {@link io.mutirao.gateway.databricks.workspace.WorkspaceResource}; what an import makes is
 * decided in {@link io.mutirao.gateway.databricks.workspace.Imported}. Running a notebook is a
 * worker's work.
 */
@NullMarked
package io.mutirao.gateway.databricks.workspace;

import org.jspecify.annotations.NullMarked;
