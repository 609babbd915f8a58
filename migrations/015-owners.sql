--liquibase formatted sql logicalFilePath:migrations/015-owners.sql

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
