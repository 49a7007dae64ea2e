/**
 * DBFS: files under {@code dbfs:/}, in the object store under {@code dbfs/}. Start with {@link
 * io.mutirao.gateway.databricks.dbfs.DbfsResource}; a file that comes in pieces is an {@link
 * io.mutirao.gateway.databricks.dbfs.Uploads upload}. Notebooks do not belong here.
 */
@NullMarked
package io.mutirao.gateway.databricks.dbfs;

import org.jspecify.annotations.NullMarked;
