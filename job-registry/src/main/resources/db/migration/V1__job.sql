create table job (
  job_id     bigint      primary key,
  version    bigint      not null,        -- 1 when created; one more with every change
  name       text        not null,
  definition json        not null,        -- JobDefinition; json: read back exactly as it was sent
  created_by text        not null,
  created_at timestamptz not null,
  deleted_by text,
  deleted_at timestamptz,                 -- the row goes 7 days later, and with it the last version
  constraint a_job_id_is_what_a_double_holds_exactly check (job_id between 1 and 9007199254740991),
  constraint a_version_counts_from_one check (version >= 1),
  constraint a_job_has_a_name check (name <> ''),
  constraint a_definition_is_an_object check (json_typeof(definition) = 'object'),
  constraint deleted_by_somebody_at_some_time check ((deleted_at is null) = (deleted_by is null)),
  constraint a_deletion_is_a_version check (deleted_at is null or version >= 2)
);
create index deleted_job on job (deleted_at) where deleted_at is not null;

-- The answer to a command id, refusals too, kept 7 days: the same command gets the same answer.
create table command_answer (
  command_id  text        primary key,
  lane        int         not null,
  answered_at timestamptz not null,
  reply       jsonb       not null,       -- Accepted or Refused as in contracts
  constraint a_command_id_is_short check (length(command_id) between 1 and 500),
  constraint a_reply_answers_its_command check (reply ->> 'command' = command_id)
);
create index old_command_answer on command_answer (lane, answered_at);
