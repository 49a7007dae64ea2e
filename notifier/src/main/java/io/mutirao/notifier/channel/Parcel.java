package io.mutirao.notifier.channel;

import io.mutirao.notifier.destination.Destination;
import io.mutirao.notifier.notice.Notice;
import io.mutirao.notifier.notice.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way.
 *
 * @param id the same in every try
 * @param destination null: an address, or a destination that is not there
 * @param now of this try
 */
public record Parcel(
    String id,
    String subject,
    Notice notice,
    Target target,
    @Nullable Destination destination,
    Instant now) {}
