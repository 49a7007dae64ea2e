/**
 * The stack under test, and the ways in which a test asks it: REST, topics, database, processes.
 *
 * <p>Start at {@link io.mutirao.systemtests.stack.Mutirao}. No expectations here, and nothing that
 * only one test needs.
 */
@NullMarked
package io.mutirao.systemtests.stack;

import org.jspecify.annotations.NullMarked;
