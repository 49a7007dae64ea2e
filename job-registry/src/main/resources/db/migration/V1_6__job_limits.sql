create index job_by_age on job (created_at);

-- Fails whoever goes beyond a limit, one at a time; 40001 says that it may be tried again.
create function keep_job_limits(most_saved int, most_hourly int) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('mutirao registry job limits'));
  if (select count(*) from job where deleted_at is null) > most_saved
     or (select count(*) from job where created_at > clock_timestamp() - interval '1 hour')
        > most_hourly then
    raise exception 'more jobs than are allowed' using errcode = '40001';
  end if;
  return true;
end $$;
