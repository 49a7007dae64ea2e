-- Pipelines and their updates. How an update stands is its run's to say; the result is kept here once it was seen.
create table pipeline (
  pipeline_id text        primary key,
  name        text        not null,
  spec        json        not null,        -- json: read back exactly as it was sent
  owner       text        not null,
  modified_at timestamptz not null,
  constraint a_pipeline_has_a_name check (name <> ''),
  constraint a_pipeline_spec_is_an_object check (json_typeof(spec) = 'object')
);
create index pipeline_by_name on pipeline (lower(name));

create table pipeline_update (
  update_id    text        primary key,
  pipeline_id  text        not null references pipeline on delete cascade,
  number       bigint      not null,
  run_id       bigint,
  cause        text        not null,
  full_refresh boolean     not null,
  config       json        not null,
  created_at   timestamptz not null default clock_timestamp(),
  result       text,
  constraint an_update_counts_from_one check (number >= 1),
  constraint one_update_after_the_other unique (pipeline_id, number)
);
