/**
 * Files as objects under paths, with no database behind them. Start with {@link
 * io.mutirao.objects.ObjectStore}. What the paths of one service mean belongs to that service; what
 * two services share is written down here:
 *
 * <ul>
 *   <li>{@code logs/RUN/ATTEMPT}: what a task printed, see {@link io.mutirao.objects.TaskLog};
 *   <li>{@code log-times/RUN/ATTEMPT}: when it printed it;
 *   <li>{@code results/RUN/ATTEMPT}: what it gave back, see {@link io.mutirao.objects.TaskResult};
 *   <li>{@code views/RUN/ATTEMPT}: a notebook with its output, see {@link
 *       io.mutirao.objects.NotebookView};
 *   <li>{@code dbfs/X}: the file {@code dbfs:/X};
 *   <li>{@code workspace/Users/A/B}: the workspace path {@code /Users/A/B}, also written {@code
 *       /Workspace/Users/A/B}: a file, or the text of a notebook as it came;
 *   <li>{@code workspace-notebooks/Users/A/B}: that it is a notebook, its language and format, see
 *       {@link io.mutirao.objects.Notebook};
 *   <li>{@code uploads/…}: files that come in pieces, until they are whole.
 * </ul>
 */
@NullMarked
package io.mutirao.objects;

import org.jspecify.annotations.NullMarked;
