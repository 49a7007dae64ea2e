package io.mutirao.notifier.delivery;

import io.mutirao.notifier.channel.Outcome;

/** What came of a try, and what becomes of the delivery. */
record Tried(Claimed claimed, Outcome outcome, Verdict verdict) {}
