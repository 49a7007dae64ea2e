-- Within one execution a run, and within one attempt a task, only goes on, whatever a bug says.
-- What is in no phase of the list comes before all of them.
create function refuse_to_go_back() returns trigger language plpgsql as $$
begin
  raise exception 'run % cannot go back from % to %', old.run_id, old.phase, new.phase
    using errcode = '23514';
end $$;

create trigger a_run_goes_on before update on run
  for each row when (
    new.repair <= old.repair
    and coalesce(array_position(array['PENDING', 'RUNNING', 'TERMINATING', 'FINISHED'], new.phase), 0)
      < coalesce(array_position(array['PENDING', 'RUNNING', 'TERMINATING', 'FINISHED'], old.phase), 0))
  execute function refuse_to_go_back();

create trigger a_task_goes_on before update on task_run
  for each row when (
    new.attempt_id = old.attempt_id
    and coalesce(array_position(array['PENDING', 'RUNNING', 'TERMINATING', 'FINISHED'], new.phase), 0)
      < coalesce(array_position(array['PENDING', 'RUNNING', 'TERMINATING', 'FINISHED'], old.phase), 0))
  execute function refuse_to_go_back();
