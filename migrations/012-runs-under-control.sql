--liquibase formatted sql logicalFilePath:migrations/012-runs-under-control.sql

--changeset gantry:012-runs-under-control
--comment: how long a run may wait, who asked for its end and what came of that, and when it is tried again
alter table runs
    add column queue_deadline    timestamptz,
    add column stop_requested_by text,
    add column stop_signal       text,
    add column stop_killed       boolean not null default false,
    add column retry_at          timestamptz,
    add column retry_state       text check (retry_state in ('pending', 'done', 'withdrawn')),
    add constraint runs_retry_check check ((retry_at is null) = (retry_state is null)),
    drop constraint runs_check,
    add constraint runs_claimed_check check ((status = 'queued') = (claimed_at is null) or status in ('cancelled', 'timed-out'));
comment on column runs.stop_signal is 'the first one that was sent to end it on request';
comment on column runs.stop_killed is 'whether SIGKILL was sent to end it on request';
create index runs_queue_deadline on runs (queue_deadline) where status = 'queued' and queue_deadline is not null;
create index runs_retries on runs (retry_at) where retry_state = 'pending';
drop index contradictory_runs_by_id;
create or replace view contradictory_runs as
    select id, status from runs
    where status = 'queued'
              and (claimed_at is not null or owner is not null or engine_id is not null or container_id is not null)
       or status = 'running' and (claimed_at is null or epoch = 0)
       or status in ('succeeded', 'failed', 'timed-out', 'cancelled')
              and (finished_at is null or log_complete is null or owner is not null)
       or (status in ('succeeded', 'failed') or status = 'timed-out' and failure_code <> 'queue-timeout')
              and claimed_at is null
       or status = 'succeeded' and (exit_code is distinct from 0 or failure_code is not null)
       or status in ('failed', 'timed-out') and failure_code is null
       or status = 'cancelled' and failure_code is not null
       or status not in ('failed', 'timed-out') and retry_state is not null;
create index contradictory_runs_by_id on runs (id)
    where status = 'queued'
              and (claimed_at is not null or owner is not null or engine_id is not null or container_id is not null)
       or status = 'running' and (claimed_at is null or epoch = 0)
       or status in ('succeeded', 'failed', 'timed-out', 'cancelled')
              and (finished_at is null or log_complete is null or owner is not null)
       or (status in ('succeeded', 'failed') or status = 'timed-out' and failure_code <> 'queue-timeout')
              and claimed_at is null
       or status = 'succeeded' and (exit_code is distinct from 0 or failure_code is not null)
       or status in ('failed', 'timed-out') and failure_code is null
       or status = 'cancelled' and failure_code is not null
       or status not in ('failed', 'timed-out') and retry_state is not null;
--rollback drop index runs_queue_deadline;
--rollback drop index runs_retries;
--rollback alter table runs drop column queue_deadline, drop column stop_requested_by, drop column stop_signal, drop column stop_killed;
--rollback drop index contradictory_runs_by_id;
--rollback create or replace view contradictory_runs as select id, status from runs where false;
--rollback alter table runs drop column retry_at, drop column retry_state;
