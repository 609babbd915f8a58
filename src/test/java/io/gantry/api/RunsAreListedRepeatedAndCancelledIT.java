package io.gantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.api.Api.Answer;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.Run;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunsAreListedRepeatedAndCancelledIT {

    private static final Outcome SUCCESS = new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN);

    @RegisterExtension
    static final Api api = new Api();

    @Nested
    class The_queue {

        @Test
        void is_a_list_of_runs_with_their_places() {
            for (int i = 0; i < 5; i++) {
                api.createTask("t" + i);
            }
            api.claim();

            Answer queue = api.get("/runs?filter[status]=queued&sort=queuedAt&include=task&page[size]=3");
            Answer newestFirst = api.get("/runs?page[size]=2");

            assertThat(queue.at("/data").findValuesAsText("queuePosition")).containsExactly("1", "2", "3");
            assertThat(queue.at("/included").findValuesAsText("title")).containsExactlyInAnyOrder("t1", "t2", "t3");
            assertThat(queue.at("/meta/total").asInt()).isEqualTo(4);
            assertThat(api.get(queue.text("/links/next")).at("/data").findValuesAsText("queuePosition"))
                    .containsExactly("4");
            assertThat(newestFirst.at("/data").findValuesAsText("queuePosition"))
                    .containsExactly("4", "3");
            assertThat(api.get("/runs?filter[status]=running")
                            .at("/data/0/attributes/queuePosition")
                            .isNull())
                    .isTrue();
        }

        @Test
        void moves_up_when_a_run_leaves_it() {
            api.createTask("first");
            String second = api.createTask("second").text("/data/attributes/lastRun/id");

            assertThat(api.get("/runs/" + second)
                            .at("/data/attributes/queuePosition")
                            .asInt())
                    .isEqualTo(2);
            api.claim();
            assertThat(api.get("/runs/" + second)
                            .at("/data/attributes/queuePosition")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Running_again {

        @Test
        void queues_another_run_of_the_task() {
            String task = api.createTask("t").id();
            api.execute(SUCCESS);

            Answer again = api.post("/tasks/" + task + "/runs", "");

            assertThat(again.status()).isEqualTo(201);
            assertThat(again.header("Location")).isEqualTo(api.url("/runs/" + again.id()));
            assertThat(again.text("/data/attributes/trigger")).isEqualTo("manual");
            assertThat(api.get("/tasks/" + task).text("/data/attributes/lastRun/id"))
                    .isEqualTo(again.id());
            Answer runs = api.get("/tasks/" + task + "/runs");
            assertThat(runs.at("/meta/total").asInt()).isEqualTo(2);
            assertThat(runs.text("/data/0/id")).isEqualTo(again.id());
            assertThat(api.application().turns())
                    .extracting(run -> run.id().toString())
                    .contains(again.id());
        }

        @Test
        void is_refused_while_a_run_is_active() {
            String task = api.createTask("t").id();
            assertThat(api.post("/tasks/" + task + "/runs", "").code()).isEqualTo("task-active");
            Run running = api.claim();
            assertThat(api.post("/tasks/" + task + "/runs", "{'data': {'type': 'runs'}}")
                            .code())
                    .isEqualTo("task-active");
            api.end(running, SUCCESS);

            assertThat(api.post("/tasks/" + task + "/runs", "{'data': {'type': 'runs'}}")
                            .status())
                    .isEqualTo(201);
        }

        @Test
        void takes_an_id_and_an_idempotency_key_and_nothing_else() {
            String task = api.createTask("t").id();
            api.execute(SUCCESS);
            String path = "/tasks/" + task + "/runs";
            String body = "{'data': {'type': 'runs', 'id': '" + UUID.randomUUID() + "'}}";

            assertThat(api.post(path, "{'data': {'attributes': {'status': 'queued'}}}")
                            .status())
                    .isEqualTo(422);
            Answer first = api.post(path, body, "Idempotency-Key", "k");
            Answer again = api.post(path, body, "Idempotency-Key", "k");
            assertThat(again.response().body()).isEqualTo(first.response().body());
            assertThat(api.post(path, "", "Idempotency-Key", "k").code()).isEqualTo("idempotency-conflict");
            assertThat(api.post(path, body).code()).isEqualTo("id-conflict");
            assertThat(api.get(path).at("/meta/total").asInt()).isEqualTo(2);
        }
    }

    @Nested
    class Cancelling {

        @Test
        void ends_a_queued_run_at_once_and_may_be_repeated() {
            String run = api.createTask("t").text("/data/attributes/lastRun/id");

            Answer cancelled = api.post("/runs/" + run + "/cancel", "");

            assertThat(cancelled.status()).isEqualTo(202);
            assertThat(cancelled.text("/data/attributes/status")).isEqualTo("cancelled");
            assertThat(api.post("/runs/" + run + "/cancel", "").status()).isEqualTo(202);
        }

        @Test
        void of_a_task_is_about_its_latest_run() {
            Answer task = api.createTask("t");
            api.claim();

            Answer cancelled = api.post("/tasks/" + task.id() + "/cancel", "");

            assertThat(cancelled.status()).isEqualTo(202);
            assertThat(cancelled.id()).isEqualTo(task.text("/data/attributes/lastRun/id"));
            assertThat(cancelled.text("/data/attributes/status")).isEqualTo("running");
        }

        @Test
        void of_a_task_is_about_the_attempt_that_joins_the_line_meanwhile() {
            Answer task = api.post(
                    "/tasks",
                    "{'data': {'attributes': {'title': 't', 'image': 'busybox', 'command': 'false', 'retries': {'limit': 1}}}}");
            Run first = api.claim();
            api.end(first, Outcome.failed(FailureCode.EXIT_CODE, "The command returned 1."));
            api.application().beforeNextCancel(() -> api.retry(first));

            Answer cancelled = api.post("/tasks/" + task.id() + "/cancel", "");

            assertThat(cancelled.status()).isEqualTo(202);
            assertThat(cancelled.at("/data/attributes/attempt").asInt()).isEqualTo(2);
            assertThat(cancelled.text("/data/attributes/status")).isEqualTo("cancelled");
        }

        @Test
        void is_refused_after_another_end() {
            Answer task = api.createTask("t");
            api.execute(SUCCESS);

            Answer refused = api.post("/tasks/" + task.id() + "/cancel", "");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("run-finished");
        }

        @Test
        void of_what_is_not_there_is_a_404() {
            assertThat(api.post("/runs/" + UUID.randomUUID() + "/cancel", "").code())
                    .isEqualTo("not-found");
            assertThat(api.get("/runs/" + UUID.randomUUID()).code()).isEqualTo("not-found");
        }
    }
}
