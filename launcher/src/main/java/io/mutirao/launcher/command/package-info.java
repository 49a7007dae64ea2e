/**
 * What the commands of the script {@code mutirao} do, one class each.
 *
 * <p>Start at {@link io.mutirao.launcher.command.Launcher}. Supervision does not belong here: it is
 * in {@link io.mutirao.launcher.Stack}.
 */
@NullMarked
package io.mutirao.launcher.command;

import org.jspecify.annotations.NullMarked;
