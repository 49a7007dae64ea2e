/** Planted violations: each class breaks one rule. */
@NullMarked
package io.mutirao.systemtests.rules.planted.dispatcher;

import org.jspecify.annotations.NullMarked;
