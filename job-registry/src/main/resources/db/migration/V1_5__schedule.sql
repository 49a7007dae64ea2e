-- What starts runs of a job by itself, and how far it has come. Moved in the batch that fires.
create table schedule (
  job_id     bigint      primary key references job on delete cascade,
  started_by text        not null,        -- the job's creator
  trigger    json        not null,        -- JobTrigger, as it stands in the definition
  since      timestamptz not null,        -- when the job got this trigger
  next_fire  timestamptz,                 -- null: paused, over, or not by the clock
  arrivals   json,                        -- what a watch for files has seen
  constraint a_trigger_is_an_object check (json_typeof(trigger) = 'object')
);

-- Of jobs that are older than schedules: 1970 says that they begin when they are first read.
insert into schedule (job_id, started_by, trigger, since)
select job_id, created_by, definition -> 'trigger', to_timestamp(0)
  from job
 where deleted_at is null and json_typeof(definition -> 'trigger') = 'object';
