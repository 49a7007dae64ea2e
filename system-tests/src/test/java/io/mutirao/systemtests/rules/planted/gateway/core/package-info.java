/** Planted violations: each class breaks one rule. */
@NullMarked
package io.mutirao.systemtests.rules.planted.gateway.core;

import org.jspecify.annotations.NullMarked;
