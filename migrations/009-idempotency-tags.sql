--liquibase formatted sql logicalFilePath:migrations/009-idempotency-tags.sql

--changeset gantry:009-idempotency-tags
--comment: an answer that is given again has its first entity tag
alter table idempotency_keys add column tag text not null default '';
alter table idempotency_keys alter column tag drop default;
--rollback alter table idempotency_keys drop column tag;
