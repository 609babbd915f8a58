--liquibase formatted sql logicalFilePath:migrations/013-pull-progress.sql

--changeset gantry:013-pull-progress
--comment: how the pull goes, or went, that a run waits for
alter table runs add column pull jsonb;
comment on column runs.pull is 'null when none was needed; written by the owner, once a second at most';
--rollback alter table runs drop column pull;
