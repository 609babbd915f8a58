--liquibase formatted sql logicalFilePath:migrations/003-runs.sql

--changeset gantry:003-runs
--comment: executions of tasks; the queued ones are the queue, in the order of their positions
create table runs (
    id                uuid        primary key,
    task_id           uuid        not null references tasks (id) on delete cascade,
    position          bigint      not null unique,
    attempt           integer     not null default 1 check (attempt >= 1),
    trigger           text        not null check (trigger in ('create', 'manual', 'retry', 'schedule')),
    status            text        not null check (status in ('queued', 'running', 'succeeded', 'failed', 'timed-out', 'cancelled')),
    spec              jsonb       not null,
    queued_at         timestamptz not null unique,
    claimed_at        timestamptz,
    started_at        timestamptz,
    finished_at       timestamptz,
    stop_requested_at timestamptz,
    exit_code         integer,
    oom_killed        boolean     not null default false,
    failure_code      text,
    failure_detail    text,
    image_digest      text,
    node              text,
    owner             uuid,
    epoch             bigint      not null default 0,
    engine_id         text,
    container_id      text,
    start_intended_at timestamptz,
    log_bytes         bigint      not null default 0,
    log_chunks        bigint      not null default 0,
    log_truncated     boolean     not null default false,
    log_complete      boolean,
    check ((status = 'queued') = (claimed_at is null) or status = 'cancelled'),
    check ((status in ('queued', 'running')) = (finished_at is null))
);
create unique index runs_claimed_at on runs (claimed_at);
create index runs_queue on runs (position) where status = 'queued';
create index runs_running on runs (position) where status = 'running';
create index runs_by_task on runs (task_id, queued_at);
create index runs_by_status on runs (status, queued_at);
alter table tasks add foreign key (latest_run_id) references runs (id) deferrable initially deferred;
--rollback drop table runs cascade;
