--liquibase formatted sql logicalFilePath:migrations/014-engine-trouble-since.sql

--changeset gantry:014-engine-trouble-since
--comment: since when a node can not reach its engine
alter table nodes add column engine_trouble_since timestamptz;
--rollback alter table nodes drop column engine_trouble_since;
