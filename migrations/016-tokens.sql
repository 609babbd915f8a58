--liquibase formatted sql logicalFilePath:migrations/016-tokens.sql

--changeset gantry:016-tokens
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
