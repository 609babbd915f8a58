--liquibase formatted sql logicalFilePath:migrations/010-nodes-tell-more.sql

--changeset gantry:010-nodes-tell-more
--comment: what each node says of itself and of its engine, and since when a run has its owner
alter table nodes
    add column version        text,
    add column engine_trouble text,
    add column left_at        timestamptz;
alter table runs add column owned_at timestamptz;
update runs set owned_at = claimed_at where status = 'running';
comment on column nodes.engine_id is 'of the engine that it reached last';
comment on column nodes.engine_trouble is 'why it can not reach its engine now; null while it can';
comment on column nodes.left_at is 'set by a graceful stop';
comment on column runs.owned_at is 'of the claim or adoption that began the present epoch';
--rollback alter table nodes drop column version, drop column engine_trouble, drop column left_at;
--rollback alter table runs drop column owned_at;
