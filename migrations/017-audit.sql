--liquibase formatted sql logicalFilePath:migrations/017-audit.sql

--changeset gantry:017-audit splitStatements:false
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
