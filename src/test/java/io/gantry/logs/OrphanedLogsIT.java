package io.gantry.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.logs.OrphanedLogs.Left;
import io.gantry.run.RunId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrphanedLogsIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final OrphanedLogs orphans = new OrphanedLogs(db.database());
    private final TestRuns runs = new TestRuns(db.database());

    private RunId withLog(int chunks) {
        RunId run = runs.running();
        TestLog.random(new Random(1), chunks).store(db.database(), run);
        return run;
    }

    private long chunksOf(RunId run) {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from log_chunks where run_id = ?")
                        .bind(0, run.value())
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void chunks_of_deleted_runs_go_in_batches_and_no_others() {
        RunId kept = withLog(10);
        RunId deleted = withLog(1200);
        runs.delete(deleted);

        assertThat(orphans.sweep(1)).isEqualTo(Left.MORE);
        assertThat(chunksOf(deleted)).isEqualTo(700);
        assertThat(orphans.sweep(10)).isEqualTo(Left.NOTHING);

        assertThat(chunksOf(deleted)).isZero();
        assertThat(chunksOf(kept)).isEqualTo(10);
        assertThat(orphans.sweep(10)).isEqualTo(Left.NOTHING);
    }
}
