--liquibase formatted sql logicalFilePath:migrations/006-idempotency-keys.sql

--changeset gantry:006-idempotency-keys
--comment: the first answers to requests that carried an Idempotency-Key
create table idempotency_keys (
    key          text        not null,
    route        text        not null,
    request_hash bytea       not null,
    status       integer     not null,
    location     text        not null,
    body         bytea       not null,
    created_at   timestamptz not null default clock_timestamp(),
    primary key (route, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
--rollback drop table idempotency_keys;
