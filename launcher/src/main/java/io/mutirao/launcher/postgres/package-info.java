/**
 * The embedded PostgreSQL: its binaries, its folder, its command, and the roles it starts with.
 *
 * <p>Start at {@link io.mutirao.launcher.postgres.Postgres}. No table belongs here: each service
 * fills its own schema.
 */
@NullMarked
package io.mutirao.launcher.postgres;

import org.jspecify.annotations.NullMarked;
