/**
 * Questions to the dispatchers and the registry. Start with {@link
 * io.mutirao.worker.service.ServiceClient}.
 */
@NullMarked
package io.mutirao.worker.service;

import org.jspecify.annotations.NullMarked;
