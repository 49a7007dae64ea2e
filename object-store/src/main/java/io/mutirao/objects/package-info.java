/**
 * Files as objects under paths, with no database behind them. Start with {@link
 * io.mutirao.objects.ObjectStore}. What the paths of one service mean belongs to that service; only
 * what two services share, a task's log, is written down here.
 */
@NullMarked
package io.mutirao.objects;

import org.jspecify.annotations.NullMarked;
