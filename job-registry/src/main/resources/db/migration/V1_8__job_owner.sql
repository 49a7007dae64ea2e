-- As whom the runs of a job act that does not say so: whoever owns it now, at first its creator.
create function job_owner(the_job bigint) returns text language sql stable as $$
  select coalesce(
    (select principal from job_grant where job_id = the_job and level = 'OWNER'),
    (select created_by from job where job_id = the_job))
$$;
