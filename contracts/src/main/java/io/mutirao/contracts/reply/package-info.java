/**
 * What the owner of a job or run answers to a command. Best effort: the answer to a command id is
 * kept, so whoever missed it may send the same command again.
 */
@NullMarked
package io.mutirao.contracts.reply;

import org.jspecify.annotations.NullMarked;
