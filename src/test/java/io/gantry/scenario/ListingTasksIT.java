package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(Lifecycle.PER_CLASS)
final class ListingTasksIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.started();

    private final List<String> tasks = new ArrayList<>();
    private final GantryClient client = gantry.client();

    @BeforeAll
    void five_tasks() {
        tasks.add(client.create(aTask().named("delta").command("exit 1")));
        tasks.add(client.create(aTask().named("alpha")));
        tasks.add(client.create(aTask().named("echo").image("busybox:latest")));
        tasks.add(client.create(aTask().named("charlie")));
        tasks.add(client.create(aTask().named("bravo").image("busybox:latest")));
        tasks.forEach(client::awaitEnd);
    }

    @Test
    void newest_first_all_on_one_page() {
        Answer page = client.get("/tasks");

        assertThat(page).hasStatus(200);
        assertThat(page.ids()).isEqualTo(reversed(tasks));
        assertThat(page.json().at("/meta/total").asInt()).isEqualTo(5);
        assertThat(page.json().at("/meta/limit").asInt()).isEqualTo(100);
        assertThat(page.link("next")).isEmpty();
        assertThat(page.link("prev")).isEmpty();
    }

    @Test
    void page_by_page_forwards_and_back() {
        Answer first = client.get("/tasks?page[size]=2");
        Answer second = follow(first, "next");
        Answer third = follow(second, "next");

        assertThat(first.link("prev")).isEmpty();
        assertThat(third.link("next")).isEmpty();
        List<String> all = new ArrayList<>(first.ids());
        all.addAll(second.ids());
        all.addAll(third.ids());
        assertThat(all).isEqualTo(reversed(tasks));
        assertThat(follow(third, "prev").ids()).isEqualTo(second.ids());
        assertThat(follow(second, "prev").ids()).isEqualTo(first.ids());
    }

    @Test
    void a_page_keeps_its_place_while_tasks_come() {
        Answer first = client.get("/tasks?page[size]=2&filter[image]=busybox");
        String newcomer = client.create(aTask());
        Answer second = follow(first, "next");

        assertThat(second.ids()).isEqualTo(List.of(tasks.get(0)));
        client.awaitEnd(newcomer);
        client.delete("/tasks/" + newcomer);
    }

    @Test
    void sorted() {
        assertThat(client.get("/tasks?sort=title").attributes("title"))
                .containsExactly("alpha", "bravo", "charlie", "delta", "echo");
        assertThat(client.get("/tasks?sort=-title").attributes("title"))
                .containsExactly("echo", "delta", "charlie", "bravo", "alpha");
        assertThat(client.get("/tasks?sort=createdAt").ids()).isEqualTo(tasks);
        assertThat(client.get("/tasks?sort=status").ids()).startsWith(tasks.get(0));
    }

    @Test
    void sorted_pages_hang_together() {
        Answer first = client.get("/tasks?sort=title&page[size]=3");

        assertThat(first.attributes("title")).containsExactly("alpha", "bravo", "charlie");
        assertThat(follow(first, "next").attributes("title")).containsExactly("delta", "echo");
    }

    @Test
    void filtered() {
        Answer failed = client.get("/tasks?filter[status]=failed");
        assertThat(failed.ids()).containsExactly(tasks.get(0));
        assertThat(failed.json().at("/meta/total").asInt()).isEqualTo(1);

        assertThat(client.get("/tasks?filter[status]=failed,succeeded").ids()).hasSize(5);
        assertThat(client.get("/tasks?filter[image]=busybox:latest&sort=title").attributes("title"))
                .containsExactly("bravo", "echo");
        assertThat(client.get("/tasks?filter[status]=queued").ids()).isEmpty();
    }

    @Test
    void selected_fields() {
        JsonNode task =
                client.get("/tasks?fields[tasks]=title,latestRun").data().get(0);

        assertThat(task.path("attributes").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("title");
        assertThat(task.path("relationships").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("latestRun");
    }

    @Test
    void with_their_latest_runs() {
        Answer page = client.get("/tasks?include=latestRun&fields[runs]=status,exitCode&sort=createdAt");

        JsonNode included = page.json().path("included");
        assertThat(included)
                .extracting(run -> run.path("id").asText())
                .containsExactlyInAnyOrderElementsOf(StreamSupport.stream(
                                page.data().spliterator(), false)
                        .map(task -> task.at("/relationships/latestRun/data/id").asText())
                        .toList());
        assertThat(included)
                .extracting(run -> run.at("/attributes/exitCode").asInt())
                .containsExactlyInAnyOrder(0, 0, 0, 0, 1);
    }

    @Test
    void runs_of_all_tasks_and_of_one() {
        assertThat(client.get("/runs?sort=queuedAt&include=task").json().path("included"))
                .hasSize(5);
        Answer ofOne = client.get("/tasks/" + tasks.get(0) + "/runs");
        assertThat(ofOne.attributes("status")).containsExactly("failed");
        assertThat(client.get("/runs?filter[status]=failed").ids()).isEqualTo(ofOne.ids());
        Answer firstPage = client.get("/runs?page[size]=3");
        assertThat(firstPage.ids()).hasSize(3);
        assertThat(follow(firstPage, "next").ids()).hasSize(2).doesNotContainAnyElementsOf(firstPage.ids());
    }

    @Test
    void the_name_of_the_type_follows_accept() {
        Answer plain = client.send(ClientRequest.request("GET", "/tasks").header("Accept", "application/json"));
        assertThat(plain).hasStatus(200).hasHeader("Content-Type", "application/json");
        Answer browser = client.send(
                ClientRequest.request("GET", "/tasks").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertThat(browser).hasStatus(200).hasHeader("Content-Type", "application/vnd.api+json");
    }

    @Test
    void an_unchanged_task_is_not_sent_again() {
        Answer task = client.task(tasks.get(1));
        String tag = task.header("ETag").orElseThrow();

        Answer again = client.send(
                ClientRequest.request("GET", "/tasks/" + tasks.get(1)).header("If-None-Match", tag));

        assertThat(again).hasStatus(304).hasHeader("ETag", tag).hasText("");
    }

    private Answer follow(Answer page, String link) {
        Optional<String> url = page.link(link);
        assertThat(url).as(link).isPresent();
        return client.get(URI.create(url.get()).toString());
    }

    private static List<String> reversed(List<String> list) {
        List<String> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }
}
