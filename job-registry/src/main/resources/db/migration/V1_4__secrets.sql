-- Secrets, sealed: only gateway and workers have the key. Names are compared whatever their letters.
create table secret_scope (
  scope      text        primary key,            -- its name in small letters
  name       text        not null,
  request    text        not null,               -- which request made it: sent twice, it made it once
  created_by text        not null,
  created_at timestamptz not null default now(),
  constraint a_scope_has_a_name check (name ~ '^[A-Za-z0-9_.@-]{1,128}$' and scope = lower(name))
);

create table secret (
  scope      text        not null references secret_scope on delete cascade,
  key        text        not null,
  sealed     text        not null,               -- contracts, Seal
  updated_at timestamptz not null default now(),
  constraint a_secret_has_a_key check (key ~ '^[A-Za-z0-9_.@-]{1,128}$'),
  constraint a_secret_is_sealed check (sealed like 'v1:%')
);
create unique index secret_of_scope on secret (scope, lower(key));

create table secret_grant (
  scope     text not null references secret_scope on delete cascade,
  principal text not null,                       -- a user or a group
  level     text not null,
  constraint a_secret_grant_has_a_level check (level in ('READ', 'WRITE', 'MANAGE'))
);
create unique index one_secret_grant_each on secret_grant (scope, lower(principal));
