-- How many of the tasks that may be with workers at a time each lane has borrowed for itself.
create table permit (
  lane int primary key,
  held int not null,
  constraint nobody_holds_less_than_nothing check (held >= 0)
);

-- One lane at a time: so that together they never hold more than there are. In blocks, as long as
-- that leaves plenty for the others.
create function borrow_permits(
  the_lane int, missing int, block int, of_all int, out held int, out few boolean)
language plpgsql as $$
declare
  free int;
begin
  perform pg_advisory_xact_lock(hashtext('mutirao dispatcher permits'));
  select of_all - coalesce(sum(p.held), 0) into free from permit p;
  few := free < of_all / 2 or free < 16 * block;
  insert into permit as p (lane, held)
  values (the_lane, greatest(0, least(free, case when few then missing else block end)))
  on conflict (lane) do update set held = p.held + excluded.held
  returning p.held into held;
end $$;
