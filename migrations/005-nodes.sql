--liquibase formatted sql logicalFilePath:migrations/005-nodes.sql

--changeset gantry:005-nodes
--comment: the processes that share this database, one row a name
create table nodes (
    name        text        primary key,
    incarnation uuid        not null unique,
    heartbeat   bigint      not null default 0,
    engine_id   text,
    started_at  timestamptz not null default clock_timestamp(),
    seen_at     timestamptz not null default clock_timestamp()
);
--rollback drop table nodes;
