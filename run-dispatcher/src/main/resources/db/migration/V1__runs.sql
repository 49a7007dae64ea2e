-- The last version of each job that this dispatcher heard of. A lower or equal one is ignored.
create table job (
  job_id    bigint  primary key,
  version   bigint  not null,
  forgotten boolean not null,             -- the job was deleted: its runs are hidden
  runs      bigint  not null,             -- number_in_job of its latest run
  constraint a_job_has_a_version check (version > 0 and runs >= 0)
);

-- Immutable: a run points to the version it was started with.
create table job_version (
  job_id     bigint not null,
  version    bigint not null,
  definition json   not null,             -- json, not jsonb: read back exactly as it was sent
  primary key (job_id, version)
);

create table run (
  run_id        bigint      primary key,
  lane          int         not null,
  job_id        bigint      not null,
  version       bigint      not null,
  number_in_job bigint      not null,
  command_id    text        not null unique,  -- the same command again finds its run
  parameters    json        not null,
  requested_by  text        not null,
  created_at    timestamptz not null,
  -- what follows changes until the run is finished
  phase         text        not null,
  sequence      int         not null,         -- of the last event told
  attempt_id    bigint,
  offered_at    timestamptz,
  worker        text,
  started_at    timestamptz,
  becomes       text,                         -- while terminating: the result to be
  message       text        not null,
  result        text,
  ended_at      timestamptz,
  constraint phase_is_known check (phase in ('PENDING', 'RUNNING', 'TERMINATING', 'FINISHED')),
  constraint result_is_known check (
    result in ('SUCCEEDED', 'FAILED', 'CANCELED', 'TIMED_OUT', 'SKIPPED', 'ERROR')),
  constraint finished_means_a_result_and_an_end check (
    (phase = 'FINISHED') = (result is not null) and (phase = 'FINISHED') = (ended_at is not null)),
  constraint only_terminating_has_a_result_to_be check (
    (phase = 'TERMINATING') = (becomes is not null)),
  constraint running_has_a_worker_and_a_start check (
    phase <> 'RUNNING' or (worker is not null and started_at is not null)),
  constraint active_has_an_attempt check (phase = 'FINISHED' or attempt_id is not null),
  constraint skipped_never_started check (
    result <> 'SKIPPED' or (attempt_id is null and started_at is null))
) with (fillfactor = 80);

create index run_active on run (lane) where ended_at is null;
create index run_newest on run (created_at desc, run_id desc);
create index run_of_job on run (job_id, created_at desc, run_id desc);

-- A finished run never changes, whatever a bug says.
create function refuse_to_change_a_finished_run() returns trigger language plpgsql as $$
begin
  raise exception 'run % is finished and cannot change', old.run_id using errcode = '23514';
end $$;
create trigger finished_is_final before update on run
  for each row when (old.ended_at is not null)
  execute function refuse_to_change_a_finished_run();

-- Immutable: one try of one task.
create table attempt (
  attempt_id bigint primary key,
  run_id     bigint not null
);

-- Who starts an attempt. Nobody but the owner of its row, and never twice.
create table attempt_claim (
  attempt_id bigint      primary key,
  worker     text        not null,        -- 'dispatcher': nobody will ever start it
  claim_id   text        not null,
  claimed_at timestamptz not null default clock_timestamp()
);

create table run_token (
  token         text   primary key,
  run_id        bigint not null,
  number_in_job bigint not null
);

create table refused_command (
  command_id text        primary key,
  reason     text        not null,
  message    text        not null,
  keep_until timestamptz not null
);
create index refused_command_old on refused_command (keep_until);
