/**
 * What the tasks of a run add up to: which may start, which never will, and how the run ends. Pure.
 * Start at {@link io.mutirao.dispatcher.graph.Graph}. How a single attempt moves is not here but in
 * {@code lifecycle}.
 */
@NullMarked
package io.mutirao.dispatcher.graph;

import org.jspecify.annotations.NullMarked;
