/**
 * One child process: what to run, when it is ready, how it is kept alive and how it is stopped.
 *
 * <p>Start at {@link io.mutirao.launcher.process.Supervised}. Nothing about a certain process
 * belongs here.
 */
@NullMarked
package io.mutirao.launcher.process;

import org.jspecify.annotations.NullMarked;
