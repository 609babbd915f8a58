package io.gantry.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.access.TestDeeds;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.problem.ProblemException;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.Owner;
import io.gantry.run.QueuedFirstRuns;
import io.gantry.run.RetryStore;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStatus;
import io.gantry.run.RunStore;
import io.gantry.run.RunTrigger;
import io.gantry.task.Command;
import io.gantry.task.Retries;
import io.gantry.task.TaskLimits;
import io.gantry.task.TaskSpec;
import io.gantry.task.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The next attempt is made once, whoever puts it in line, and not at all once it is withdrawn. */
class RetriesIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final Database database = db.database();
    private final RunStore runs = new RunStore();
    private final QueueStore queue = new QueueStore(database, runs, 2);
    private final Queue<Run> turns = new ConcurrentLinkedQueue<>();
    private final Line line = new Line(queue, new Turns() {
        @Override
        public void add(Run run) {
            turns.add(run);
        }

        @Override
        public void addSpare() {}
    });
    private final RetryStore retries = new RetryStore(
            database, runs, new TaskStore(database, new QueuedFirstRuns(line), TaskLimits.of(100)), line);

    @BeforeEach
    void empty() {
        db.empty();
    }

    @Test
    void joins_the_end_of_the_line_when_its_time_has_come() {
        Run failed = isFailed();
        Run younger = new QueuedRuns(database, queue).accept();
        assertThat(retries.findPending(failed.id()))
                .hasValueSatisfying(at -> assertThat(at).isAfter(Instant.now().minusSeconds(5)));
        retries.retry(failed.id());
        assertThat(turns).as("before its time").isEmpty();

        isDue(failed);
        retries.sweep();

        assertThat(turns).singleElement().satisfies(next -> {
            assertThat(next.attempt()).isEqualTo(2);
            assertThat(next.trigger()).isEqualTo(RunTrigger.RETRY);
            assertThat(next.taskId()).isEqualTo(failed.taskId());
            assertThat(next.spec()).isEqualTo(failed.spec());
            assertThat(next.position()).isGreaterThan(younger.position());
        });
        assertThat(retries.findPending(failed.id())).isEmpty();
    }

    @Test
    void is_made_once_however_many_look_after_it() throws Exception {
        Run failed = isFailed();
        isDue(failed);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looks.add(threads.submit(i % 2 == 0 ? retries::sweep : () -> retries.retry(failed.id())));
        }
        for (Future<?> look : looks) {
            look.get();
        }
        threads.shutdown();

        assertThat(turns).hasSize(1);
    }

    @Test
    void is_not_made_once_it_is_withdrawn_and_withdrawing_again_is_fine() {
        Run failed = isFailed();

        assertThat(queue.cancel(failed.id(), TestDeeds.by("someone"))).isPresent();
        assertThat(queue.cancel(failed.id(), TestDeeds.by("another"))).isPresent();
        isDue(failed);
        retries.sweep();

        assertThat(turns).isEmpty();
        assertThat(now(failed).status()).isEqualTo(RunStatus.FAILED);
        assertThat(now(failed).stopRequest())
                .hasValueSatisfying(stop -> assertThat(stop.by()).isEqualTo("someone"));
    }

    @Test
    void cannot_be_withdrawn_once_it_is_made() {
        Run failed = isFailed();
        isDue(failed);
        retries.sweep();

        assertThatThrownBy(() -> queue.cancel(failed.id(), TestDeeds.by("someone")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("failed");
    }

    @Test
    void is_not_planned_for_a_run_whose_end_was_asked_for() {
        Run running = isRunning();
        queue.cancel(running.id(), TestDeeds.by("someone"));

        ends(running);

        assertThat(retries.findPending(running.id())).isEmpty();
    }

    /** The first attempt of a task that is tried again after an hour. */
    private Run isRunning() {
        new QueuedRuns(database, queue)
                .accept(new TaskSpec.Builder("busybox", new Command.Shell("work"))
                        .retries(new Retries(1, Duration.ofHours(1), List.of("exit-code")))
                        .build());
        return queue.claimNext(new Owner("node", UUID.randomUUID())).orElseThrow();
    }

    private Run isFailed() {
        return ends(isRunning());
    }

    private Run ends(Run running) {
        Run failed = running.on(new RunEvent.Ended(Outcome.failed(FailureCode.EXIT_CODE, "3"), Instant.now(), true));
        assertThat(database.<Boolean>inTransaction(handle -> runs.save(handle, running, failed)))
                .isTrue();
        return failed;
    }

    private void isDue(Run failed) {
        database.useTransaction(handle -> handle.createUpdate(
                        "update runs set retry_at = clock_timestamp() - interval '1 ms' where id = :id")
                .bind("id", failed.id().value())
                .execute());
    }

    private Run now(Run run) {
        return database.<Optional<Run>>read(handle -> runs.find(handle, run.id()))
                .orElseThrow();
    }
}
