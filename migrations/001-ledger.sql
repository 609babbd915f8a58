--liquibase formatted sql logicalFilePath:migrations/001-ledger.sql

--changeset gantry:001-ledger
--comment: the one row whose lock orders every change of queue and tasks
create table ledger (
    id            boolean     primary key default true check (id),
    installation  uuid        not null default gen_random_uuid(),
    tasks         integer     not null default 0 check (tasks >= 0),
    last_position bigint      not null default 0,
    last_stamp    timestamptz not null default clock_timestamp()
);
insert into ledger default values;
--rollback drop table ledger;
