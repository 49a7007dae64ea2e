/**
 * What the data folder of a stack holds besides the data: version, lock, ports, secrets, state.
 *
 * <p>Start at {@link io.mutirao.launcher.data.DataFolder}. No process is started or stopped here.
 */
@NullMarked
package io.mutirao.launcher.data;

import org.jspecify.annotations.NullMarked;
