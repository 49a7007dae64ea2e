/**
 * Starts and supervises the whole stack on one machine: broker, database and the services.
 *
 * <p>Start at {@link io.mutirao.launcher.Stack}; the commands of the script stand in {@code
 * command}. Nothing that decides about jobs or runs belongs here.
 */
@NullMarked
package io.mutirao.launcher;

import org.jspecify.annotations.NullMarked;
