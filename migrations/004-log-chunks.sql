--liquibase formatted sql logicalFilePath:migrations/004-log-chunks.sql

--changeset gantry:004-log-chunks
--comment: what containers wrote; no foreign key, so that the chunks of deleted runs can go later, in batches
create table log_chunks (
    run_id        uuid        not null,
    seq           bigint      not null,
    stream        smallint    not null check (stream in (1, 2, 3)),
    at            timestamptz not null,
    log_offset    bigint      not null,
    stream_offset bigint      not null,
    bytes         bytea       not null,
    primary key (run_id, seq)
);
create table orphaned_logs (
    run_id      uuid        primary key,
    orphaned_at timestamptz not null default clock_timestamp()
);
comment on column log_chunks.stream is '1 stdout, 2 stderr, 3 a mark of our own';
comment on column log_chunks.log_offset is 'offset of the first byte in the whole log';
comment on column log_chunks.stream_offset is 'offset of the first byte among the bytes of its stream';
--rollback drop table log_chunks; drop table orphaned_logs;
