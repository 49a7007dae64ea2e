-- Who hears of an execution of a run, as its first event said, until the execution is over.
create table subscription (
  run_id bigint not null,
  repair int    not null,
  lane   int    not null,
  queued json   not null,               -- RunQueued as in contracts
  primary key (run_id, repair),
  constraint an_execution_is_counted_from_zero check (repair >= 0)
);
create index subscription_of_lane on subscription (lane);

-- Where messages may go besides addresses. Secrets stand here as they are; sealing them comes later.
create table destination (
  id         text        primary key,
  name       text        not null,
  kind       text        not null,      -- DestinationKind
  fields     json        not null,      -- by name, secrets among them: never read back over HTTP
  addresses  text[]      not null,
  constraint a_destination_has_a_name check (name <> ''),
  constraint only_a_list_has_addresses check ((kind = 'EMAIL') = (cardinality(addresses) > 0))
);

-- One message to one target.
create table delivery (
  id          text        primary key,  -- made of event and target: a repeated event finds its row
  place       bigint      not null generated always as identity unique, -- the order in which things happened
  subject     text        not null,     -- what it tells of: a run, or the end of a job
  channel     text        not null,     -- MAIL or DESTINATION
  target      text        not null,     -- an address, or the id of a destination
  route       text        not null,     -- what may be slow or dead as a whole: a destination, or the mail server
  notice      json        not null,     -- what is told
  event       text        not null,
  job_id      bigint      not null,
  run_id      bigint,
  task        text,
  state       text        not null default 'WAITING',
  tries       int         not null default 0,  -- counted when a try begins
  claimed_by  text,                     -- the instance that tries it now, until next_try_at
  created_at  timestamptz not null default clock_timestamp(),
  first_at    timestamptz not null default clock_timestamp(), -- the 24 hours begin; again when it is sent again
  next_try_at timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  error       text,                     -- of the last try that failed
  constraint a_delivery_waits_or_was_sent_or_failed check (state in ('WAITING', 'SENT', 'FAILED')),
  constraint what_is_over_has_an_end check ((state = 'WAITING') = (ended_at is null)),
  constraint only_what_waits_is_tried check (claimed_by is null or state = 'WAITING'),
  constraint a_failure_has_a_reason check (state <> 'FAILED' or error is not null)
);
create index delivery_due on delivery (route, next_try_at) where state = 'WAITING';
create index delivery_in_order on delivery (subject, target, place) where state = 'WAITING';
create index delivery_claimed on delivery (claimed_by) where claimed_by is not null;
create index delivery_failed on delivery (place) where state = 'FAILED';
create index delivery_over on delivery (ended_at) where state <> 'WAITING';
