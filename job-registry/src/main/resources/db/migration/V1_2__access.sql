create table users (
  user_id      bigint      primary key,            -- chosen by whoever makes the user
  name         text        not null,               -- never changes: jobs and grants name it
  display_name text        not null,
  active       boolean     not null,               -- when false, the user's tokens do not work
  created_at   timestamptz not null default now(),
  constraint a_user_id_is_what_a_double_holds_exactly check (user_id between 1 and 9007199254740991),
  constraint a_user_has_a_name check (length(name) between 1 and 255),
  constraint a_display_name_is_short check (length(display_name) <= 255)
);
create unique index user_name on users (lower(name));

create table groups (
  group_id bigint primary key,
  name     text   not null,
  constraint a_group_id_is_what_a_double_holds_exactly check (group_id between 1 and 9007199254740991),
  constraint a_group_has_a_name check (length(name) between 1 and 255)
);
create unique index group_name on groups (lower(name));

create table group_member (
  group_id bigint not null references groups on delete cascade,
  user_id  bigint not null references users on delete cascade,
  primary key (group_id, user_id)
);
create index member on group_member (user_id);

create table token (
  token_id   text        primary key,
  hash       bytea       not null,                 -- SHA-256; the token itself is kept nowhere
  user_id    bigint      not null references users on delete cascade,
  created_by text        not null,
  comment    text        not null,
  created_at timestamptz not null,
  expires_at timestamptz,                          -- null: never; the row goes a day later
  constraint a_hash_is_sha_256 check (octet_length(hash) = 32),
  constraint a_token_id_is_short check (length(token_id) between 1 and 64),
  constraint a_token_lives_a_while check (expires_at > created_at)
);
create unique index token_hash on token (hash);
create index token_of_user on token (user_id);

-- The administrator of the configuration, and the groups that mean something to us.
insert into users (user_id, name, display_name, active) values (1, 'admin', 'admin', true);
insert into groups (group_id, name) values (2, 'admins'), (3, 'users');
insert into group_member (group_id, user_id) values (2, 1);
