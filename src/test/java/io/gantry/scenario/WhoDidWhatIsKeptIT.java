package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WhoDidWhatIsKeptIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated().maxTasks(20));

    private final GantryClient admin = gantry.client().as(gantry.token("admin", "root"));
    private final GantryClient ops = gantry.client().as(gantry.token("operator", "ops"));

    @Test
    void a_path_that_is_too_long_for_an_index_is_no_way_around_the_trail() {
        String noise = new Random(1)
                .ints(3_500, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        ops.delete("/tasks/" + noise);

        Answer entries = admin.get("/audit?page%5Bsize%5D=1&filter%5Baction%5D=deleteTask&filter%5Bstatus%5D=404");
        assertThat(entries.attributes("object"))
                .singleElement(as(STRING))
                .startsWith("/tasks/" + noise.substring(0, 400))
                .hasSize(500)
                .endsWith("\u2026");
    }

    @Test
    void every_change_of_a_task_leaves_its_entry() {
        String task = ops.create(aTask().image("never-there").with("pullPolicy", "never"));
        ops.change(task, Map.of("title", "changed"));
        ops.awaitEnd(task);
        ops.delete("/tasks/" + task);

        Answer trail = admin.get("/audit?filter%5Bobject%5D=/tasks/" + task + "&sort=at");

        assertThat(trail.attributes("action")).containsExactly("createTask", "updateTask", "deleteTask");
        assertThat(trail.attributes("caller")).containsOnly("ops");
        assertThat(trail.attributes("status")).containsExactly("201", "200", "204");
        assertThat(trail.attributes("address")).containsOnly("127.0.0.1");
        assertThat(trail.data().get(0).at("/attributes/roles/0").asText()).isEqualTo("operator");
    }

    @Test
    void an_entry_bears_the_request_id_of_the_answer() {
        Answer created = ops.send(
                request("POST", "/tasks").header("X-Request-Id", "told-by-me").body(aTask().toJson()));

        JsonNode entry = admin.get("/audit?filter%5Bobject%5D=/tasks/" + created.id())
                .data()
                .get(0);

        assertThat(entry.at("/attributes/requestId").asText()).isEqualTo("told-by-me");
    }

    @Test
    void what_was_denied_or_failed_stands_there_too() {
        GantryClient viewer = gantry.client().as(gantry.token("viewer", "a curious viewer"));
        viewer.post(aTask());
        gantry.client().post(aTask());
        ops.delete("/tasks/01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e61");
        ops.post(aTask().with("comand", "typo"));

        Answer denied = admin.get("/audit?filter%5Bcaller%5D=a+curious+viewer");
        assertThat(denied.attributes("code")).containsExactly("forbidden");
        assertThat(denied.attributes("status")).containsExactly("403");
        assertThat(denied.attributes("action")).containsExactly("createTask");
        assertThat(admin.get("/audit?filter%5Bstatus%5D=401").attributes("code"))
                .containsOnly("unauthenticated");
        assertThat(admin.get("/audit?filter%5Bobject%5D=/tasks/01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e61")
                        .attributes("code"))
                .containsExactly("not-found");
        assertThat(admin.get("/audit?filter%5Bstatus%5D=422").attributes("code"))
                .contains("invalid-attribute");
    }

    @Test
    void what_was_refused_at_the_door_stands_there_without_an_operation() {
        ops.send(request("POST", "/tasks")
                .header("X-Request-Id", "from-a-foreign-page")
                .header("Origin", "http://evil.example")
                .body(aTask().toJson()));
        ops.send(request("POST", "/tasks")
                .header("X-Request-Id", "wants-a-picture")
                .header("Accept", "image/png")
                .body(aTask().toJson()));
        ops.send(request("DELETE", "/nowhere").header("X-Request-Id", "nowhere"));

        assertThat(requestsAnswered(403)).contains("from-a-foreign-page");
        assertThat(requestsAnswered(406)).contains("wants-a-picture");
        assertThat(requestsAnswered(404)).contains("nowhere");
    }

    private List<String> requestsAnswered(int status) {
        return admin.get("/audit?filter%5Bstatus%5D=" + status).attributes("requestId");
    }

    @Test
    void what_changed_nothing_by_being_repeated_stands_there_once_for_each_call() {
        ClientRequest request =
                request("POST", "/tasks").header("Idempotency-Key", "twice").body(aTask().toJson());
        long before = entries("createTask");

        ops.send(request);
        ops.send(request);

        assertThat(entries("createTask") - before).isEqualTo(2);
    }

    @Test
    void a_dry_run_and_reading_leave_nothing() {
        long before = entries("createTask");

        ops.post("/tasks?dryRun=true", aTask().toJson());
        ops.get("/tasks");

        assertThat(entries("createTask")).isEqualTo(before);
        assertThat(entries("listTasks")).isZero();
    }

    @Test
    void entries_are_never_changed() {
        ops.create(aTask());

        for (String change : new String[] {
            "update audit_entries set status = 0", "delete from audit_entries", "truncate audit_entries"
        }) {
            assertThatThrownBy(() -> gantry.database().jdbi().useHandle(handle -> handle.execute(change)))
                    .hasMessageContaining("audit entries are never changed");
        }
    }

    @Test
    void it_is_read_page_by_page() {
        for (int i = 0; i < 3; i++) {
            ops.delete("/tasks/01985a3e-7b1c-7d42-9c3e-00000000000" + i);
        }

        Answer first = admin.get("/audit?filter%5Bcaller%5D=ops&filter%5Baction%5D=deleteTask&page%5Bsize%5D=2");
        Answer second = admin.get(first.link("next").orElseThrow());

        assertThat(first.ids()).hasSize(2).doesNotContainAnyElementsOf(second.ids());
        assertThat(second.link("prev")).isPresent();
    }

    private long entries(String action) {
        return admin.get("/audit?filter%5Baction%5D=" + action)
                .json()
                .at("/meta/total")
                .asLong();
    }
}
