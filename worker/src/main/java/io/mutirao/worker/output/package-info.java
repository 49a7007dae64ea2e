/**
 * What tasks print, from the worker's disk to the object store. Start with {@link
 * io.mutirao.worker.output.OutputKeeper}. Who reads it is the gateway's matter.
 */
@NullMarked
package io.mutirao.worker.output;

import org.jspecify.annotations.NullMarked;
