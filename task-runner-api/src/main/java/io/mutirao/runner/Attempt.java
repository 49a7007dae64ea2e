package io.mutirao.runner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * One try of a task, as its runner sees it.
 *
 * @param task the task's key; may be empty
 * @param folder empty, the attempt's own, and its working directory; removed when it has ended. Of
 *     an {@linkplain Runner#instant() instant} task it does not exist
 * @param setup what is to be ready around the task, as the job says it: {@code libraries}, {@code
 *     cluster}, {@code environment}, {@code git}, as far as they were given
 * @param bench what the worker lends
 */
public record Attempt(
    long job,
    long run,
    long attempt,
    String task,
    Path folder,
    ObjectNode setup,
    Workbench bench) {}
