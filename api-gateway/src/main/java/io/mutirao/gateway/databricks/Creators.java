package io.mutirao.gateway.databricks;

import org.jspecify.annotations.Nullable;

/** Who is named as the creator of a job or a run: nobody whose user was deleted. */
interface Creators {

  @Nullable String shown(String name);
}
