--liquibase formatted sql logicalFilePath:migrations/011-contradictory-runs.sql

--changeset gantry:011-contradictory-runs
--comment: runs whose columns contradict each other; the index is empty as long as there is none, so that looking is free
create view contradictory_runs as
    select id, status from runs
    where status = 'queued'
              and (claimed_at is not null or owner is not null or engine_id is not null or container_id is not null)
       or status = 'running' and (claimed_at is null or epoch = 0)
       or status in ('succeeded', 'failed', 'timed-out', 'cancelled')
              and (finished_at is null or log_complete is null or owner is not null)
       or status in ('succeeded', 'failed', 'timed-out') and claimed_at is null
       or status = 'succeeded' and (exit_code is distinct from 0 or failure_code is not null)
       or status in ('failed', 'timed-out') and failure_code is null
       or status = 'cancelled' and failure_code is not null;
create index contradictory_runs_by_id on runs (id)
    where status = 'queued'
              and (claimed_at is not null or owner is not null or engine_id is not null or container_id is not null)
       or status = 'running' and (claimed_at is null or epoch = 0)
       or status in ('succeeded', 'failed', 'timed-out', 'cancelled')
              and (finished_at is null or log_complete is null or owner is not null)
       or status in ('succeeded', 'failed', 'timed-out') and claimed_at is null
       or status = 'succeeded' and (exit_code is distinct from 0 or failure_code is not null)
       or status in ('failed', 'timed-out') and failure_code is null
       or status = 'cancelled' and failure_code is not null;
--rollback drop index contradictory_runs_by_id;
--rollback drop view contradictory_runs;
