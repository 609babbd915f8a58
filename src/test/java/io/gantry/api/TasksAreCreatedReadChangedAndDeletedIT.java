package io.gantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.api.Api.Answer;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksAreCreatedReadChangedAndDeletedIT {

    @RegisterExtension
    static final Api api = new Api();

    @Nested
    class Creating {

        @Test
        void answers_with_the_task_and_where_it_is() {
            Answer created = api.createTask("hello");

            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Location")).isEqualTo(created.text("/data/links/self"));
            assertThat(created.text("/data/attributes/status")).isEqualTo("queued");
            assertThat(created.text("/data/attributes/stopGracePeriod")).isEqualTo("10s");
            assertThat(created.text("/data/attributes/timeout")).isEqualTo("1h");
            assertThat(created.at("/data/attributes/entrypoint").isNull()).isTrue();
            assertThat(created.text("/data/relationships/latestRun/data/id"))
                    .isEqualTo(created.text("/data/attributes/lastRun/id"));
            Answer read = api.get(created.header("Location"));
            assertThat(read.at("/data")).isEqualTo(created.at("/data"));
            assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
            assertThat(api.application().turns())
                    .extracting(run -> run.id().toString())
                    .contains(created.text("/data/attributes/lastRun/id"));
        }

        @Test
        void takes_every_attribute() {
            Answer created = api.post("/tasks", """
                    {'data': {'type': 'tasks', 'attributes': {
                        'title': 'T', 'description': 'D', 'image': 'ghcr.io/a/b:1', 'command': ['-c', 'ls'],
                        'entrypoint': ['/bin/sh'], 'workingDirectory': '/tmp', 'user': '1000:1000',
                        'environment': {'B': '2', 'A': '1'}, 'stopGracePeriod': '90s',
                        'timeout': '120s', 'labels': {'team': 'x'},
                        'resources': {'memory': '1024MiB', 'cpus': 0.50}, 'pullPolicy': 'never', 'sandbox': 'strict',
                        'network': 'none', 'runtime': null}}}""");

            assertThat(created.status()).isEqualTo(201);
            assertThat(created.at("/data/attributes/command").toString()).isEqualTo("[\"-c\",\"ls\"]");
            assertThat(created.at("/data/attributes/environment").toString()).isEqualTo("{\"A\":\"1\",\"B\":\"2\"}");
            assertThat(created.text("/data/attributes/stopGracePeriod")).isEqualTo("90s");
            assertThat(created.text("/data/attributes/timeout")).isEqualTo("2m");
            assertThat(created.at("/data/attributes/resources").toString())
                    .isEqualTo("{\"cpus\":0.5,\"memory\":\"1GiB\",\"pids\":256,\"nofile\":1024,\"shmSize\":\"64MiB\"}");
            Answer run = api.get("/runs/" + created.text("/data/attributes/lastRun/id"));
            assertThat(run.at("/data/attributes/resources")).isEqualTo(created.at("/data/attributes/resources"));
            assertThat(run.text("/data/attributes/image")).isEqualTo("ghcr.io/a/b:1");
            assertThat(run.at("/data/attributes/command")).isEqualTo(created.at("/data/attributes/command"));
        }

        @Test
        void tells_all_mistakes_at_once() {
            Answer refused = api.post("/tasks", """
                    {'data': {'id': 'x', 'attributes': {'title': '', 'image': 'A B', 'comand': 'ls', 'status': 'queued'},
                        'relationships': {'runs': {'data': []}}}}""");

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder(
                            "/data/id",
                            "/data/attributes/title",
                            "/data/attributes/image",
                            "/data/attributes/comand",
                            "/data/attributes/status",
                            "/data/attributes",
                            "/data/relationships");
            assertThat(api.get("/tasks").at("/meta/total").asInt()).isZero();
        }

        @Test
        void takes_an_id_once() {
            String id = UUID.randomUUID().toString();
            String body = "{'data': {'id': '" + id
                    + "', 'attributes': {'title': 'T', 'image': 'busybox', 'command': 'true'}}}";

            assertThat(api.post("/tasks", body).id()).isEqualTo(id);
            Answer again = api.post("/tasks", body);
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.code()).isEqualTo("id-conflict");
        }

        @Test
        void with_an_idempotency_key_gets_the_first_answer_again() {
            Answer first = api.createTask("hello", "Idempotency-Key", "k");
            api.execute(new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN));

            Answer again = api.createTask("hello", "Idempotency-Key", "k");
            Answer other = api.createTask("other", "Idempotency-Key", "k");

            assertThat(again.status()).isEqualTo(201);
            assertThat(again.response().body()).isEqualTo(first.response().body());
            assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(again.header("Location")).isEqualTo(first.header("Location"));
            assertThat(other.code()).isEqualTo("idempotency-conflict");
            assertThat(api.get("/tasks").at("/meta/total").asInt()).isEqualTo(1);
        }

        @Test
        void ends_at_the_limit() {
            for (int i = 0; i < ApiApplication.LIMIT; i++) {
                assertThat(api.createTask("t" + i).status()).isEqualTo(201);
            }

            Answer refused = api.createTask("one too many");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("task-limit-reached");
            assertThat(api.get("/tasks?page[size]=1").at("/meta/limit").asInt()).isEqualTo(ApiApplication.LIMIT);
        }
    }

    @Nested
    class Reading {

        @Test
        void shows_what_became_of_the_latest_run() {
            String id = api.createTask("t").id();
            api.execute(Outcome.failed(FailureCode.EXIT_CODE, "The command returned 3.", 3, Outcome.OomKill.NOT_SEEN));

            Answer task = api.get("/tasks/" + id);

            assertThat(task.text("/data/attributes/status")).isEqualTo("failed");
            assertThat(task.at("/data/attributes/lastRun/exitCode").asInt()).isEqualTo(3);
            assertThat(task.text("/data/attributes/lastRun/failure/code")).isEqualTo("exit-code");
            assertThat(task.text("/data/attributes/lastRun/finishedAt")).isEqualTo("2026-01-01T00:00:00.000000Z");
        }

        @Test
        void of_what_has_not_changed_is_a_304() {
            Answer created = api.createTask("t");

            assertThat(api.get("/tasks/" + created.id(), "If-None-Match", created.header("ETag"))
                            .status())
                    .isEqualTo(304);
            api.claim();
            assertThat(api.get("/tasks/" + created.id(), "If-None-Match", created.header("ETag"))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void includes_runs_on_demand() {
            String id = api.createTask("t").id();
            api.execute(Outcome.cancelled());
            Answer run = api.post("/tasks/" + id + "/runs", "");

            Answer latest = api.get("/tasks/" + id + "?include=latestRun&fields[tasks]=latestRun&fields[runs]=status");
            Answer all = api.get("/tasks/" + id + "?include=runs");

            assertThat(latest.at("/included").findValuesAsText("id")).startsWith(run.id());
            assertThat(latest.at("/included/0/attributes").toString()).isEqualTo("{\"status\":\"queued\"}");
            assertThat(latest.at("/data/attributes").isMissingNode()).isTrue();
            assertThat(all.at("/included")).hasSize(2);
            assertThat(all.at("/data/relationships/runs/data")).hasSize(2);
            assertThat(all.text("/data/relationships/runs/data/0/id")).isEqualTo(run.id());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/tasks/x", "/tasks/00000000-0000-0000-0000-000000000000", "/tasks/1-1-1-1-1"})
        void of_what_is_not_there_is_a_404(String path) {
            assertThat(api.get(path).code()).isEqualTo("not-found");
            assertThat(api.delete(path).code()).isEqualTo("not-found");
            assertThat(api.get(path + "/runs").code()).isEqualTo("not-found");
            assertThat(api.post(path + "/runs", "").code()).isEqualTo("not-found");
            assertThat(api.post(path + "/cancel", "").code()).isEqualTo("not-found");
        }
    }

    @Nested
    class Listing {

        @Test
        void goes_page_by_page_in_both_directions() {
            for (int i = 0; i < 7; i++) {
                api.createTask("t" + i);
            }

            List<String> forwards = new ArrayList<>();
            Answer page = api.get("/tasks?sort=title&page[size]=3&fields[tasks]=title");
            assertThat(page.at("/links/prev").isNull()).isTrue();
            forwards.addAll(page.at("/data").findValuesAsText("title"));
            while (!page.at("/links/next").isNull()) {
                page = api.get(page.text("/links/next"));
                forwards.addAll(page.at("/data").findValuesAsText("title"));
            }
            Answer previous = api.get(page.text("/links/prev"));

            assertThat(forwards).containsExactly("t0", "t1", "t2", "t3", "t4", "t5", "t6");
            assertThat(previous.at("/data").findValuesAsText("title")).containsExactly("t3", "t4", "t5");
            assertThat(page.at("/meta/total").asInt()).isEqualTo(7);
        }

        @Test
        void begins_with_the_newest() {
            api.createTask("first");
            api.createTask("second");

            assertThat(api.get("/tasks").at("/data").findValuesAsText("title")).containsExactly("second", "first");
        }

        @Test
        void filters_by_status_and_image() {
            api.createTask("done");
            api.execute(new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN));
            api.createTask("waits");

            Answer waiting = api.get("/tasks?filter[status]=queued,running&filter[image]=busybox&include=latestRun");
            assertThat(waiting.at("/data").findValuesAsText("title")).containsExactly("waits");
            assertThat(waiting.at("/meta/total").asInt()).isEqualTo(1);
            assertThat(waiting.at("/included")).hasSize(1);
            assertThat(api.get("/tasks?filter[image]=alpine").at("/meta/total").asInt())
                    .isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "page[size]=0",
                    "page[size]=101",
                    "page[after]=x",
                    "filter[status]=done",
                    "filter[title]=x",
                    "sort=image",
                    "include=task",
                    "fields[tasks]=x",
                    "limit=1"
                })
        void takes_no_other_parameters(String query) {
            Answer refused = api.get("/tasks?" + query);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid-parameter");
            assertThat(refused.text("/errors/0/source/parameter")).isEqualTo(query.split("=", 2)[0]);
        }

        @Test
        void takes_no_cursor_of_another_order() {
            api.createTask("a");
            api.createTask("b");
            String next = api.get("/tasks?sort=title&page[size]=1").text("/links/next");

            assertThat(api.get(next.replace("sort=title", "sort=-title")).code())
                    .isEqualTo("invalid-parameter");
        }
    }

    @Nested
    class Changing {

        @Test
        void of_title_and_description_is_possible_while_a_run_is_active() {
            Answer created = api.createTask("before");
            api.claim();

            Answer changed = api.patch(created.id(), "'title': 'after', 'description': 'D'");

            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.text("/data/attributes/title")).isEqualTo("after");
            assertThat(changed.text("/data/attributes/updatedAt"))
                    .isGreaterThan(created.text("/data/attributes/updatedAt"));
            assertThat(api.get("/tasks/" + created.id()).at("/data")).isEqualTo(changed.at("/data"));
        }

        @Test
        void of_what_a_run_uses_waits_for_its_end_and_leaves_the_past_alone() {
            String id = api.createTask("t").id();

            Answer refused = api.patch(id, "'image': 'alpine'");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("task-active");
            assertThat(api.patch(id, "'image': 'busybox', 'command': 'true'").status())
                    .isEqualTo(200);

            api.execute(new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN));
            Answer changed = api.patch(id, "'image': 'alpine'");
            assertThat(changed.text("/data/attributes/image")).isEqualTo("alpine");
            assertThat(api.get("/runs/" + changed.text("/data/attributes/lastRun/id"))
                            .text("/data/attributes/image"))
                    .isEqualTo("docker.io/library/busybox:latest");
        }

        @Test
        void takes_back_a_task_as_it_was_sent() {
            Answer task = api.createTask("t");

            assertThat(api.send("PATCH", "/tasks/" + task.id(), task.response().body())
                            .at("/data"))
                    .isEqualTo(task.at("/data"));
        }

        @Test
        void of_what_is_read_only_is_refused() {
            String id = api.createTask("t").id();

            Answer refused = api.patch(id, "'status': 'cancelled', 'lastRun': null");

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder("/data/attributes/status", "/data/attributes/lastRun");
        }

        @Test
        void must_be_about_the_version_that_the_client_means() {
            Answer created = api.createTask("t");
            String stale = created.header("ETag");
            Answer changed = api.patch(created.id(), "'title': 'a'", "If-Match", stale);

            assertThat(changed.status()).isEqualTo(200);
            assertThat(api.patch(created.id(), "'title': 'b'", "If-Match", stale)
                            .code())
                    .isEqualTo("stale-version");
            assertThat(api.delete("/tasks/" + created.id(), "If-Match", stale).code())
                    .isEqualTo("stale-version");
            assertThat(api.delete("/tasks/" + created.id(), "If-Match", changed.header("ETag"))
                            .status())
                    .isEqualTo(204);
        }

        @Test
        void must_name_type_and_id_of_the_task() {
            String id = api.createTask("t").id();
            String other = UUID.randomUUID().toString();

            assertThat(api.send("PATCH", "/tasks/" + id, "{'data': {'type': 'runs', 'id': '" + id + "'}}")
                            .code())
                    .isEqualTo("type-mismatch");
            assertThat(api.send("PATCH", "/tasks/" + id, "{'data': {'type': 'tasks', 'id': '" + other + "'}}")
                            .code())
                    .isEqualTo("id-conflict");
        }
    }

    @Nested
    class Deleting {

        @Test
        void withdraws_a_queued_run_with_its_task() {
            Answer created = api.createTask("t");

            assertThat(api.delete("/tasks/" + created.id()).status()).isEqualTo(204);

            assertThat(api.get("/tasks/" + created.id()).status()).isEqualTo(404);
            assertThat(api.get("/runs/" + created.text("/data/attributes/lastRun/id"))
                            .status())
                    .isEqualTo(404);
            assertThat(api.get("/runs").at("/meta/total").asInt()).isZero();
        }

        @Test
        void is_refused_while_a_run_is_running() {
            Answer created = api.createTask("t");
            api.claim();

            Answer refused = api.delete("/tasks/" + created.id());

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("task-running");
        }
    }
}
