-- Jobs are listed by id, and looked for by name, whatever its case.
create index living_job on job (job_id) where deleted_at is null;
create index living_job_by_name on job (lower(name), job_id) where deleted_at is null;
