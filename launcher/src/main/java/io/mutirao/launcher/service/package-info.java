/**
 * How the JVMs are run: where the build put the jars, their flags, AOT caches and environment.
 *
 * <p>Start at {@link io.mutirao.launcher.service.Services}. Settings a service reads itself have
 * their defaults there, not here; here is only what is special to one machine.
 */
@NullMarked
package io.mutirao.launcher.service;

import org.jspecify.annotations.NullMarked;
