package io.mutirao.notifier.delivery;

import io.mutirao.notifier.channel.Parcel;
import java.time.Duration;

/**
 * A delivery that this instance tries now.
 *
 * @param tries this one included
 * @param age since its first try was due
 */
record Claimed(Parcel parcel, int tries, Duration age) {

  String route() {
    return parcel.target().route();
  }
}
