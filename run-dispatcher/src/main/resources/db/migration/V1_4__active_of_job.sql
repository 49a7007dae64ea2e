-- The active runs of one job are found in the index of all that are active, without a look at the
-- runs of others. An index of their own would be one more to write for each run. As an expression,
-- for only so does nobody prefer the whole history of the job (RunHistory).
drop index run_active;
create index run_active on run (created_at desc, run_id desc, (job_id + 0)) where ended_at is null;
