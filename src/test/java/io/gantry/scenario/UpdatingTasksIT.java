package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UpdatingTasksIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(aGantry().maxRunning(4));

    private final GantryClient client = gantry.client();

    @Nested
    class While_a_run_is_active {

        private String task = "";

        @BeforeEach
        void a_running_task() {
            task = client.create(aTask().named("Old").command("sleep 600").stopGracePeriod("0s"));
            client.awaitStart(task);
        }

        @AfterEach
        void cancel() {
            client.cancelTask(task);
        }

        @Test
        void title_and_description_can_be_changed() {
            assertThat(client.change(task, Map.of("title", "New", "description", "Since today")))
                    .hasStatus(200)
                    .hasAttribute("title", "New")
                    .hasAttribute("description", "Since today")
                    .hasAttribute("status", "running");
        }

        @Test
        void what_the_run_uses_can_not() {
            assertThat(client.change(task, Map.of("command", "true")))
                    .hasStatus(409)
                    .hasError("task-active");
            assertThat(client.task(task)).hasAttribute("command", "sleep 600");
        }

        @Test
        void nothing_is_changed_when_a_part_is_refused() {
            assertThat(client.change(task, Map.of("title", "New", "user", "nobody")))
                    .hasStatus(409);
            assertThat(client.task(task)).hasAttribute("title", "Old").hasNull("user");
        }

        @Test
        void repeating_what_is_there_is_no_conflict() {
            ObjectNode attributes = client.task(task).data().path("attributes").deepCopy();

            assertThat(client.send(request("PATCH", "/tasks/" + task)
                            .body(client.update(task, Map.of("command", attributes.get("command"), "title", "New")))))
                    .hasStatus(200)
                    .hasAttribute("title", "New");
        }
    }

    @Nested
    class When_its_run_has_ended {

        private String task = "";

        @BeforeEach
        void a_finished_task() {
            task = client.create(aTask().named("Old").command("echo one").with("description", "Something"));
            client.awaitEnd(task);
        }

        @Test
        void the_next_run_uses_the_change_and_the_past_one_keeps_what_it_used() {
            String firstRun = client.latestRunOf(task);

            assertThat(client.change(task, Map.of("command", List.of("echo", "two"))))
                    .hasStatus(200);
            client.runAgain(task);

            client.awaitEnd(task);
            assertThat(client.logOfTask(task)).isEqualTo("two\n");
            assertThat(client.run(firstRun)).hasAttribute("command", "echo one");
        }

        @Test
        void null_clears_what_is_optional() {
            assertThat(client.change(task, Collections.singletonMap("description", null)))
                    .hasStatus(200)
                    .hasNull("description");
            assertThat(client.change(task, Collections.singletonMap("title", null)))
                    .hasStatus(422)
                    .hasError("invalid-attribute")
                    .at("/data/attributes/title");
        }

        @Test
        void what_was_read_can_be_sent_back_whole() {
            Answer read = client.task(task);

            Answer answer = client.send(request("PATCH", "/tasks/" + task).body(read.json()));

            assertThat(answer).hasStatus(200);
            assertThat(answer.data()).isEqualTo(read.data());
        }

        @Test
        void changed_read_only_attributes_are_refused() {
            assertThat(client.change(task, Map.of("status", "failed")))
                    .hasStatus(422)
                    .hasError("invalid-attribute")
                    .at("/data/attributes/status");
        }

        @Test
        void two_clients_do_not_overwrite_each_other() {
            String tag = client.task(task).header("ETag").orElseThrow();
            Answer first = send(tag, "First");
            Answer second = send(tag, "Second");

            assertThat(first).hasStatus(200);
            assertThat(second).hasStatus(412).hasError("stale-version");
            assertThat(send(first.header("ETag").orElseThrow(), "Second")).hasStatus(200);
            assertThat(client.task(task)).hasAttribute("title", "Second");
        }

        @Test
        void a_compressed_answer_carries_a_tag_that_serves_as_well() {
            Answer read = client.send(request("GET", "/tasks/" + task).header("Accept-Encoding", "gzip"));
            assertThat(read).hasStatus(200).hasHeader("Content-Encoding", "gzip");
            String tag = read.header("ETag").orElseThrow();

            assertThat(client.send(request("GET", "/tasks/" + task)
                            .header("Accept-Encoding", "gzip")
                            .header("If-None-Match", tag)))
                    .hasStatus(304);
            assertThat(send(tag, "New")).hasStatus(200);
        }

        @Test
        void the_time_of_the_change_is_kept() {
            Answer before = client.task(task);

            Answer after = client.change(task, Map.of("title", "New"));

            assertThat(after.attribute("updatedAt").asText())
                    .isGreaterThan(before.attribute("updatedAt").asText());
            assertThat(after)
                    .hasAttribute("createdAt", before.attribute("createdAt").asText());
        }

        @Test
        void type_and_id_must_be_those_of_the_url() {
            assertThat(client.send(request("PATCH", "/tasks/" + task)
                            .body(client.update("01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e61", Map.of("title", "New")))))
                    .hasStatus(409)
                    .hasError("id-conflict")
                    .at("/data/id");
        }

        private Answer send(String tag, String title) {
            return client.send(request("PATCH", "/tasks/" + task)
                    .header("If-Match", tag)
                    .body(client.update(task, Map.of("title", title))));
        }
    }
}
