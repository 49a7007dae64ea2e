-- Who may do what with a job. Written with the job, in the batch of its command.
create table job_grant (
  job_id    bigint not null references job on delete cascade,
  kind      text   not null,
  principal text   not null,           -- a name, compared whatever its letters
  level     text   not null,           -- each includes those before it
  constraint a_grant_is_for_somebody_we_know check (kind in ('USER', 'GROUP', 'SERVICE_PRINCIPAL')),
  constraint a_grant_has_a_level check (level in ('VIEW', 'RUN', 'MANAGE', 'OWNER')),
  constraint a_group_owns_nothing check (level <> 'OWNER' or kind <> 'GROUP')
);
create unique index one_grant_each on job_grant (job_id, kind, lower(principal));
create unique index one_owner on job_grant (job_id) where level = 'OWNER';
create index grant_of_principal on job_grant (lower(principal), kind, job_id);

insert into job_grant (job_id, kind, principal, level)
select job_id, 'USER', created_by, 'OWNER' from job;
