--liquibase formatted sql logicalFilePath:migrations/002-tasks.sql

--changeset gantry:002-tasks
--comment: what to run
create table tasks (
    id            uuid        primary key,
    title         text        not null,
    description   text,
    spec          jsonb       not null,
    image         text        not null generated always as (spec ->> 'image') stored,
    latest_run_id uuid        not null,
    created_at    timestamptz not null unique,
    updated_at    timestamptz not null
);
create index tasks_by_image on tasks (image, created_at);
create index tasks_by_title on tasks (title, id);
--rollback drop table tasks;
