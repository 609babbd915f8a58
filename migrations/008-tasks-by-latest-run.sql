--liquibase formatted sql logicalFilePath:migrations/008-tasks-by-latest-run.sql

--changeset gantry:008-tasks-by-latest-run
--comment: deleting a run looks for the task whose latest it is; lists by status come from the runs
create unique index tasks_by_latest_run on tasks (latest_run_id);
--rollback drop index tasks_by_latest_run;
