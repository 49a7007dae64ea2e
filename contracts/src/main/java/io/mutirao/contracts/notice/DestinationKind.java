package io.mutirao.contracts.notice;

/** What understands the messages of a notification destination. */
public enum DestinationKind {
  /** A list of addresses. */
  EMAIL,
  /** JSON of ours, signed after the Standard Webhooks specification. */
  WEBHOOK,
  SLACK,
  MICROSOFT_TEAMS,
  PAGERDUTY
}
