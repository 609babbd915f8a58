package io.gantry.task;

import static io.gantry.task.TaskFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.access.Scope;
import io.gantry.access.TestDeeds;
import io.gantry.database.TestDatabase;
import io.gantry.jsonapi.FirstAnswer;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TaskStoreIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final TaskFixture tasks = new TaskFixture(db, 100);

    @BeforeEach
    void begin() {
        db.empty();
    }

    @Nested
    class A_new_task {

        @Test
        void is_stored_with_a_first_run_that_gets_its_turn_after_the_commit() {
            Task task = tasks.create("hello");

            assertThat(tasks.store.find(task.id(), Scope.ALL)).contains(task);
            assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
            assertThat(task.createdAt())
                    .isEqualTo(task.updatedAt())
                    .isBefore(task.lastRun().queuedAt());
            assertThat(tasks.turns()).containsExactly(task.lastRun().id());
        }

        @Test
        void may_have_an_id_of_the_clients_choice_once() {
            NewTask wanted = new NewTask(
                    Optional.of(TaskId.random()), draft("mine", "busybox"), Optional.empty(), TestDeeds.anyones());

            assertThat(tasks.create(wanted).id()).isEqualTo(wanted.id().orElseThrow());
            assertThat(problem(() -> tasks.create(wanted))).isEqualTo("id-conflict");
            assertThat(tasks.turns()).hasSize(1);
        }

        @Test
        void is_refused_exactly_at_the_limit_however_many_race() throws Exception {
            TaskFixture limited = new TaskFixture(db, 10);

            List<Boolean> stored = inParallel(50, 4, () -> {
                try {
                    limited.create("racer");
                    return true;
                } catch (ProblemException e) {
                    assertThat(e.problem().code()).isEqualTo(TaskProblem.TASK_LIMIT_REACHED);
                    return false;
                }
            });

            assertThat(stored).hasSize(200);
            assertThat(stored.stream().filter(each -> each)).hasSize(10);
            assertThat(limited.pages.count(TaskFilter.ALL)).isEqualTo(10);
            assertThat(limited.turns()).hasSize(10).doesNotHaveDuplicates();
        }

        @Test
        void can_take_the_place_of_a_deleted_one() {
            TaskFixture limited = new TaskFixture(db, 1);
            Task first = limited.create("first");
            assertThat(problem(() -> limited.create("second"))).isEqualTo("task-limit-reached");

            limited.store.delete(first.id(), TestDeeds.anyones(), task -> {});

            assertThat(limited.create("second").status()).isEqualTo(TaskStatus.QUEUED);
        }
    }

    @Nested
    class A_request_with_an_idempotency_key {

        @Test
        void is_answered_as_at_first_when_it_comes_again() {
            FirstAnswer first = tasks.answer(keyed("k", "body"));

            assertThat(tasks.answer(keyed("k", "body"))).isEqualTo(first);
            assertThat(tasks.answer(keyed("other", "body"))).isNotEqualTo(first);
            assertThat(tasks.turns()).hasSize(2);
        }

        @Test
        void is_refused_when_it_comes_with_another_body() {
            tasks.answer(keyed("k", "body"));

            assertThat(problem(() -> tasks.answer(keyed("k", "another body")))).isEqualTo("idempotency-conflict");
        }

        @Test
        void makes_one_task_however_many_race() throws Exception {
            List<FirstAnswer> answers = inParallel(20, 2, () -> tasks.answer(keyed("k", "body")));

            assertThat(answers).hasSize(40).containsOnly(answers.get(0));
            assertThat(tasks.pages.count(TaskFilter.ALL)).isEqualTo(1);
            assertThat(tasks.turns()).hasSize(1);
        }

        @Test
        void leaves_no_answer_behind_when_it_was_refused() {
            TaskFixture limited = new TaskFixture(db, 1);
            Task first = limited.create("first");
            assertThat(problem(() -> limited.answer(keyed("k", "body")))).isEqualTo("task-limit-reached");

            limited.store.delete(first.id(), TestDeeds.anyones(), task -> {});

            assertThat(limited.answer(keyed("k", "body")).status()).isEqualTo(201);
        }

        @Test
        void is_a_new_one_after_a_day() {
            FirstAnswer first = tasks.answer(keyed("k", "body"));
            db.jdbi()
                    .useHandle(handle -> handle.execute(
                            "update idempotency_keys set created_at = created_at - interval '25 hours'"));

            FirstAnswer second = tasks.answer(keyed("k", "another body"));
            tasks.store.forgetExpiredAnswers();

            assertThat(second).isNotEqualTo(first);
            assertThat(tasks.answer(keyed("k", "another body"))).isEqualTo(second);
        }

        @Test
        void is_forgotten_when_it_has_expired() {
            tasks.answer(keyed("old", "body"));
            db.jdbi()
                    .useHandle(handle -> handle.execute(
                            "update idempotency_keys set created_at = created_at - interval '25 hours'"));
            tasks.answer(keyed("new", "body"));

            tasks.store.forgetExpiredAnswers();

            assertThat(column("select key from idempotency_keys")).containsExactly("new");
        }

        private NewTask keyed(String key, String body) {
            return new NewTask(
                    Optional.empty(),
                    draft("keyed", "busybox"),
                    Optional.of(KeyedRequest.of(
                            TestDeeds.anyones().caller(), "POST /tasks", key, body.getBytes(StandardCharsets.UTF_8))),
                    TestDeeds.anyones());
        }
    }

    @Nested
    class A_change {

        @Test
        void of_the_title_is_possible_at_any_time() {
            Task task = tasks.create("before");
            tasks.claim(task);

            Task after = tasks.store.change(task.id(), TestDeeds.anyones(), now -> draft("after", "busybox"));

            assertThat(after.draft().title()).isEqualTo("after");
            assertThat(after.updatedAt()).isAfter(task.updatedAt());
            assertThat(after.status()).isEqualTo(TaskStatus.RUNNING);
        }

        @Test
        void of_what_a_run_uses_is_refused_while_one_is_active() {
            Task task = tasks.create("t");
            assertThat(problem(() -> tasks.store.change(task.id(), TestDeeds.anyones(), now -> draft("t", "other"))))
                    .isEqualTo("task-active");
            tasks.claim(task);
            assertThat(problem(() -> tasks.store.change(task.id(), TestDeeds.anyones(), now -> draft("t", "other"))))
                    .isEqualTo("task-active");
            tasks.end(task, TaskStatus.FAILED);

            assertThat(tasks.store
                            .change(task.id(), TestDeeds.anyones(), now -> draft("t", "other"))
                            .spec()
                            .image())
                    .isEqualTo("other");
        }

        @Test
        void that_changes_nothing_is_no_change() {
            Task task = tasks.create("t");

            assertThat(tasks.store.change(task.id(), TestDeeds.anyones(), Task::draft))
                    .isEqualTo(task);
        }

        @Test
        void of_a_task_that_is_not_there_is_refused() {
            assertThat(problem(() -> tasks.store.change(TaskId.random(), TestDeeds.anyones(), Task::draft)))
                    .isEqualTo("not-found");
        }
    }

    @Nested
    class Deletion {

        @Test
        void takes_the_runs_along_and_leaves_their_logs_to_be_cleared_up() {
            Task task = tasks.create("t");
            Task other = tasks.create("other");

            tasks.store.delete(task.id(), TestDeeds.anyones(), now -> {});

            assertThat(tasks.store.find(task.id(), Scope.ALL)).isEmpty();
            assertThat(tasks.store.find(other.id(), Scope.ALL)).isPresent();
            assertThat(tasks.pages.count(TaskFilter.ALL)).isEqualTo(1);
            assertThat(column("select run_id::text from orphaned_logs"))
                    .containsExactly(task.lastRun().id().toString());
        }

        @Test
        void is_refused_while_a_run_is_running() {
            Task task = tasks.create("t");
            tasks.claim(task);

            assertThat(problem(() -> tasks.store.delete(task.id(), TestDeeds.anyones(), now -> {})))
                    .isEqualTo("task-running");
            assertThat(tasks.store.find(task.id(), Scope.ALL)).isPresent();
        }

        @Test
        void does_not_happen_when_the_check_raises_a_problem() {
            Task task = tasks.create("t");

            assertThat(problem(() -> tasks.store.delete(task.id(), TestDeeds.anyones(), now -> {
                        throw Problem.of(TaskProblem.TASK_ACTIVE, "no").asException();
                    })))
                    .isEqualTo("task-active");
            assertThat(tasks.store.find(task.id(), Scope.ALL)).isPresent();
        }
    }

    private static List<String> column(String sql) {
        List<String> values = db.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
        return values;
    }

    private static String problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call)
                .problem()
                .code()
                .code();
    }

    private static <T> List<T> inParallel(int threads, int times, Callable<T> call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier barrier = new CyclicBarrier(threads);
        try {
            List<Future<List<T>>> futures = executor.invokeAll(IntStream.range(0, threads)
                    .<Callable<List<T>>>mapToObj(thread -> () -> {
                        barrier.await();
                        List<T> results = new ArrayList<>();
                        for (int i = 0; i < times; i++) {
                            results.add(call.call());
                        }
                        return results;
                    })
                    .toList());
            return futures.stream()
                    .map(TaskStoreIT::result)
                    .flatMap(List::stream)
                    .toList();
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
