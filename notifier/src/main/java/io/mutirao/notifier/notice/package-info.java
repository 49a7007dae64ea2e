/**
 * What is told, to whom, and which event makes it so. Start with {@link
 * io.mutirao.notifier.notice.Announcements}. Pure: no clock, no database, no network.
 */
@NullMarked
package io.mutirao.notifier.notice;

import org.jspecify.annotations.NullMarked;
