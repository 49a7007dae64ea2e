/**
 * What a task sees of the machine, and what it may take of it. Start with {@link
 * io.mutirao.worker.isolation.Isolation}: it finds out once how far tasks can be walled off here,
 * and then words each program so that it is. The end of its processes is the guard's.
 */
@NullMarked
package io.mutirao.worker.isolation;

import org.jspecify.annotations.NullMarked;
