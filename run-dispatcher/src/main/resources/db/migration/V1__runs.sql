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

-- A run of one plain task has that task in its own row (own_task); the tasks of all others have
-- rows in task_run.
create table run (
  run_id          bigint      primary key,
  lane            int         not null,
  job_id          bigint      not null,
  version         bigint      not null,
  number_in_job   bigint      not null,
  submitted       boolean     not null,       -- of no saved job
  own_task        boolean     not null,
  command_id      text        not null unique,  -- the same command again finds its run
  request         json        not null,       -- RunRequest: parameters, what asked for it
  requested_by    text        not null,
  created_at      timestamptz not null,
  -- what follows changes until the run is finished, and again when it is repaired
  timeout_seconds int         not null,       -- 0: none; the job's, also when that changes
  phase           text        not null,
  sequence        int         not null,       -- of the last event told of this execution
  repair          int         not null,       -- 0: the original execution
  warned          boolean     not null,
  attempt_id      bigint,                     -- own_task only, as the five that follow
  offered_at      timestamptz,
  retry_at        timestamptz,
  worker          text,
  started_at      timestamptz,                -- of its first task
  becomes         text,                       -- while terminating: the result to be
  cause           text,
  message         text        not null,
  result          text,
  ended_at        timestamptz,
  executed_until  timestamptz,                -- of its own task: then cleaning up began
  constraint phase_is_known check (
    phase in ('QUEUED', 'PENDING', 'RUNNING', 'TERMINATING', 'FINISHED')),
  constraint result_is_known check (
    result in ('SUCCEEDED', 'SUCCEEDED_WITH_FAILURES', 'FAILED', 'CANCELED', 'TIMED_OUT',
               'SKIPPED', 'ERROR')),
  constraint finished_means_a_result_and_an_end check (
    (phase = 'FINISHED') = (result is not null) and (phase = 'FINISHED') = (ended_at is not null)
    and (phase <> 'FINISHED' or cause is not null)),
  constraint only_terminating_has_a_result_to_be check (
    (phase = 'TERMINATING') = (becomes is not null)),
  constraint running_has_started check (phase <> 'RUNNING' or started_at is not null),
  constraint its_own_running_task_has_a_worker check (
    not own_task or phase <> 'RUNNING' or worker is not null),
  constraint its_own_active_task_has_an_attempt check (
    not own_task or phase = 'FINISHED' or attempt_id is not null),
  constraint skipped_never_started check (result <> 'SKIPPED' or started_at is null)
) with (fillfactor = 80);

create index run_active on run (created_at desc, run_id desc) where ended_at is null;
create index run_newest on run (created_at desc, run_id desc);
create index run_of_job on run (job_id, created_at desc, run_id desc);
create index run_submitted on run (created_at desc, run_id desc) where submitted;

-- A finished execution never changes, whatever a bug says; only a repair begins another one.
create function refuse_to_change_a_finished_run() returns trigger language plpgsql as $$
begin
  raise exception 'run % is finished and cannot change', old.run_id using errcode = '23514';
end $$;
create trigger finished_is_final before update on run
  for each row when (old.ended_at is not null and new.repair <= old.repair)
  execute function refuse_to_change_a_finished_run();

-- The latest attempt of each task of a run that has several, or a special one.
create table task_run (
  run_id         bigint      not null references run on delete cascade,
  position       int         not null,       -- in the definition
  iteration      int         not null,       -- of a loop, from 0; -1: the task itself
  task_key       text        not null,
  attempt_id     bigint      not null,
  attempt_number int         not null,       -- from 0, within one execution
  repair         int         not null,       -- the execution it belongs to
  created_at     timestamptz not null,
  warned         boolean     not null,
  outcome        text,                       -- of a condition
  child_run      bigint,
  delegated      boolean     not null,       -- carried out by another run, or by iterations
  phase          text        not null,
  offered_at     timestamptz,
  retry_at       timestamptz,
  worker         text,
  started_at     timestamptz,
  becomes        text,
  cause          text,
  message        text        not null,
  result         text,
  ended_at       timestamptz,
  executed_until timestamptz,                -- then cleaning up began
  told           json,                       -- to other tasks of the run: values by key
  primary key (run_id, position, iteration),
  constraint task_phase_is_known check (
    phase in ('BLOCKED', 'WAITING_FOR_RETRY', 'PENDING', 'RUNNING', 'TERMINATING', 'FINISHED')),
  constraint finished_task_means_a_result_and_an_end check (
    (phase = 'FINISHED') = (result is not null) and (phase = 'FINISHED') = (ended_at is not null)
    and (phase <> 'FINISHED' or cause is not null)),
  constraint only_a_terminating_task_has_a_result_to_be check (
    (phase = 'TERMINATING') = (becomes is not null)),
  constraint a_running_task_has_a_worker_and_a_start check (
    phase <> 'RUNNING' or (started_at is not null and (worker is not null or delegated))),
  constraint no_worker_has_a_delegated_task check (not delegated or worker is null)
);

-- Attempts that were followed by another one: a retry, or a repair. Immutable.
create table past_attempt (
  attempt_id bigint primary key,
  run_id     bigint not null references run on delete cascade,
  view       json   not null              -- RunView.TaskRun
);
create index past_attempt_of_run on past_attempt (run_id);

-- Executions that were followed by a repair, and the beginning of the current one. Immutable but
-- for the end of the current one, which stands in run.
create table execution (
  run_id     bigint      not null references run on delete cascade,
  repair     int         not null,
  repair_id  bigint,                      -- null: the original one
  begun_at   timestamptz not null,
  attempts   bigint[]    not null,        -- what it ran
  cause      text,                        -- the four that follow: once another one began
  message    text,
  result     text,
  ended_at   timestamptz,
  primary key (run_id, repair)
);

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
  token         text    primary key,
  run_id        bigint  not null,         -- of a run that may have been deleted since
  number_in_job bigint  not null,
  deleted       boolean not null default false
);
create index run_token_of_run on run_token (run_id);

-- Answers to commands that no run stands for: refusals, deletions, repairs.
create table kept_answer (
  command_id text        primary key,
  reply      json        not null,        -- Accepted or Refused as in contracts
  keep_until timestamptz not null
);
create index kept_answer_old on kept_answer (keep_until);
