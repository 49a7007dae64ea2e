-- Runs of a deleted job are hidden at once, and removed in small steps: a list of all runs would
-- have to go through them on its way to those that it shows.
alter table job add column cleared boolean not null default false;  -- its runs are gone
create index job_hidden on job (job_id) where forgotten and not cleared;
