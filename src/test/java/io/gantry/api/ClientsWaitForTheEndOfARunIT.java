package io.gantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.api.Api.Answer;
import io.gantry.run.Outcome;
import io.gantry.run.Run;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server of these tests has 16 threads and closes connections that are idle for a second. */
class ClientsWaitForTheEndOfARunIT {

    private static final Outcome SUCCESS = new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN);
    private static final String TASK =
            "{'data': {'attributes': {'title': 'T', 'image': 'busybox', 'command': 'true'}}}";

    @RegisterExtension
    static final Api api = new Api();

    @Test
    void a_new_task_is_answered_when_its_run_is_over() throws Exception {
        CompletableFuture<Answer> waiting = api.sendAsync("POST", "/tasks", TASK, "Prefer", "wait=50");
        await().until(() -> api.get("/runs").at("/meta/total").asInt() == 1);
        api.execute(SUCCESS);

        Answer answer = waiting.get(20, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=50");
        assertThat(answer.text("/data/attributes/status")).isEqualTo("succeeded");
        assertThat(answer.header("Location")).isEqualTo(answer.text("/data/links/self"));
        assertThat(answer.header("ETag"))
                .isEqualTo(api.get("/tasks/" + answer.id()).header("ETag"));
    }

    @Test
    void a_further_run_is_answered_when_it_is_over_and_so_is_its_repetition() throws Exception {
        String task = api.createTask("t").id();
        api.execute(SUCCESS);
        String[] headers = {"Prefer", "wait=50", "Idempotency-Key", "k"};
        CompletableFuture<Answer> waiting = api.sendAsync("POST", "/tasks/" + task + "/runs", "", headers);
        await().until(() -> api.get("/runs").at("/meta/total").asInt() == 2);
        CompletableFuture<Answer> repeated = api.sendAsync("POST", "/tasks/" + task + "/runs", "", headers);
        api.execute(Outcome.cancelled());

        assertThat(waiting.get(20, TimeUnit.SECONDS).text("/data/attributes/status"))
                .isEqualTo("cancelled");
        assertThat(repeated.get(20, TimeUnit.SECONDS).id())
                .isEqualTo(waiting.get().id());
        assertThat(api.get("/runs").at("/meta/total").asInt()).isEqualTo(2);
    }

    @Test
    void the_wait_ends_when_the_time_is_up_however_idle_the_connection() throws Exception {
        Answer answer =
                api.sendAsync("POST", "/tasks", TASK, "Prefer", "wait=3").get(20, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=3");
        assertThat(answer.text("/data/attributes/status")).isEqualTo("queued");
    }

    @Test
    void many_wait_without_holding_threads() throws Exception {
        String run = api.createTask("t").text("/data/attributes/lastRun/id");
        List<CompletableFuture<Answer>> waiting = IntStream.range(0, 100)
                .mapToObj(i -> api.sendAsync("GET", "/runs/" + run, "", "Prefer", "wait=50"))
                .toList();
        Run running = api.claim();
        assertThat(api.get("/runs/" + run).text("/data/attributes/status")).isEqualTo("running");

        api.end(running, SUCCESS);
        api.application().ends().tell(running.id());

        for (CompletableFuture<Answer> each : waiting) {
            assertThat(each.get(20, TimeUnit.SECONDS).text("/data/attributes/status"))
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void a_run_that_is_over_is_answered_at_once() {
        Answer task = api.createTask("t");
        api.execute(SUCCESS);

        Answer answer =
                api.get("/runs/" + task.text("/data/attributes/lastRun/id"), "Prefer", "respond-async, wait=100000");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
    }

    @Test
    void a_run_that_vanishes_meanwhile_is_not_found() throws Exception {
        Answer task = api.createTask("t");
        CompletableFuture<Answer> waiting =
                api.sendAsync("GET", "/runs/" + task.text("/data/attributes/lastRun/id"), "", "Prefer", "wait=50");
        api.delete("/tasks/" + task.id());

        assertThat(waiting.get(20, TimeUnit.SECONDS).code()).isEqualTo("not-found");
    }

    @Test
    void a_wait_that_is_no_number_is_refused() {
        assertThat(api.send("POST", "/tasks", TASK, "Prefer", "wait=long").code())
                .isEqualTo("invalid-header");
    }
}
