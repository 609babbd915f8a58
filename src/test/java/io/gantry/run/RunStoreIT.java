package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunStoreIT {

    private static final Owner OWNER = new Owner("node", UUID.randomUUID());
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.123456Z");
    /** The driver has the server keep a statement that it has sent so often. */
    private static final int KEPT_AFTER = 5;

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final RunStore runs = new RunStore();
    private final QueuedRuns queued = new QueuedRuns(db.database(), new QueueStore(db.database(), runs, 2));

    @BeforeEach
    void empty() {
        db.empty();
    }

    @Test
    void the_server_plans_once_how_a_run_is_saved_whatever_is_known_of_it() {
        List<Run> some = queued.accept(3 * KEPT_AFTER);

        List<String> kept = db.database().inTransaction(handle -> {
            some.subList(0, KEPT_AFTER).forEach(run -> saveLife(handle, run));
            List<String> first = kept(handle);
            some.subList(KEPT_AFTER, some.size()).forEach(run -> saveLife(handle, run));
            assertThat(kept(handle)).isEqualTo(first);
            return first;
        });

        assertThat(kept).hasSize(1);
    }

    private void saveLife(Handle handle, Run queued) {
        Run run = queued;
        Instant at = BEGIN.plusSeconds(run.position());
        for (RunEvent event : List.of(
                new RunEvent.Claimed(OWNER, at),
                new RunEvent.CreationIntended("engine", "sha256:digest"),
                new RunEvent.StartIntended("container", at),
                new RunEvent.Started(at),
                new RunEvent.Ended(Outcome.failed(FailureCode.EXIT_CODE, "The command returned 3."), at, true))) {
            Run next = run.on(event);
            assertThat(runs.save(handle, run, next)).isTrue();
            assertThat(runs.find(handle, run.id())).contains(next);
            run = next;
        }
    }

    private static List<String> kept(Handle handle) {
        return handle.createQuery("select name from pg_prepared_statements where statement like 'update runs%'")
                .mapTo(String.class)
                .list();
    }
}
