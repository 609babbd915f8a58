--liquibase formatted sql logicalFilePath:migrations/015-access.sql

--changeset gantry:015-owners
--comment: whose a task is; nobody's where nobody was asked who he is
alter table tasks add column owner text;
create index tasks_by_owner on tasks (owner, created_at) where owner is not null;
alter table idempotency_keys add column caller text not null default '';
alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys add primary key (caller, route, key);
comment on column idempotency_keys.caller is 'the name that the key belongs to; empty where nobody was asked';
--rollback alter table idempotency_keys drop column caller;
--rollback alter table idempotency_keys add primary key (route, key);
--rollback alter table tasks drop column owner;

--changeset gantry:015-tokens
--comment: who may come in; of a token only a hash is kept
create table tokens (
    id           uuid        primary key,
    prefix       text        not null unique,
    hash         bytea       not null check (octet_length(hash) = 32),
    title        text        not null,
    owner        text        not null,
    role         text        not null check (role in ('submitter', 'viewer', 'operator', 'admin')),
    created_at   timestamptz not null default clock_timestamp(),
    created_by   text        not null,
    expires_at   timestamptz,
    last_used_at timestamptz
);
create index tokens_by_age on tokens (created_at, id);
comment on column tokens.prefix is 'the part of the token that it is found by';
comment on column tokens.hash is 'SHA-256 of the whole token';
comment on column tokens.owner is 'whose tasks those are that are created with it';
--rollback drop table tokens;

--changeset gantry:015-audit splitStatements:false
--comment: who did what; rows are added and never changed
create table audit_entries (
    id         uuid        primary key,
    at         timestamptz not null default clock_timestamp(),
    caller     text,
    roles      text[]      not null,
    address    text        not null,
    action     text        not null,
    object     text        not null,
    status     integer     not null,
    code       text,
    request_id text        not null
);
create index audit_entries_by_time on audit_entries (at, id);
create index audit_entries_by_caller on audit_entries (caller, at, id);
create index audit_entries_by_object on audit_entries (object, at, id);
comment on column audit_entries.caller is 'a name; null where there was none, or nobody was asked';
comment on column audit_entries.object is 'the path of what was changed, or was to be';
comment on column audit_entries.status is 'of the answer';
create function audit_entries_stay() returns trigger language plpgsql as $$
begin
    raise exception 'audit entries are never changed';
end
$$;
create trigger audit_entries_stay before update or delete or truncate on audit_entries
    for each statement execute function audit_entries_stay();
--rollback drop table audit_entries;
--rollback drop function audit_entries_stay();
