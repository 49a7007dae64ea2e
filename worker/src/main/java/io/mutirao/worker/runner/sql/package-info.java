/**
 * SQL on a configured warehouse. Start with {@link io.mutirao.worker.runner.sql.SqlRunner}; {@link
 * io.mutirao.worker.runner.sql.SqlProgram} is what runs under the guard. PostgreSQL, for now.
 */
@NullMarked
package io.mutirao.worker.runner.sql;

import org.jspecify.annotations.NullMarked;
