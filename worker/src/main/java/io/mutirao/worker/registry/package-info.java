/**
 * The registry, as a worker asks it on behalf of a task. Start with {@link
 * io.mutirao.worker.registry.RegistryClient}. What is asked, and what an answer means, is the
 * asker's.
 */
@NullMarked
package io.mutirao.worker.registry;

import org.jspecify.annotations.NullMarked;
