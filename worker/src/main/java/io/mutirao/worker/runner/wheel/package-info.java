/**
 * Entry points of Python wheels. Start with {@link io.mutirao.worker.runner.wheel.WheelRunner}. How
 * a wheel gets there is {@link io.mutirao.worker.library}'s matter.
 */
@NullMarked
package io.mutirao.worker.runner.wheel;

import org.jspecify.annotations.NullMarked;
