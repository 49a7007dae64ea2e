create table former_user (
  name text primary key,  -- in small letters; goes when there is a user of that name again
  constraint a_former_user_is_written_small check (name = lower(name))
);
