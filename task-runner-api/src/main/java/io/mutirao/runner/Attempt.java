package io.mutirao.runner;

import java.nio.file.Path;

/**
 * One try of a task, as its runner sees it.
 *
 * @param folder empty, the attempt's own, and its working directory; removed when it has ended. Of
 *     an {@linkplain Runner#instant() instant} task it does not exist
 */
public record Attempt(long job, long run, long attempt, Path folder) {}
