package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TasksBelongToWhoeverCreatedThemIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated().with("tasks.limitPerOwner", "3"));

    private GantryClient alice = gantry.client();
    private GantryClient bob = gantry.client();
    private GantryClient viewer = gantry.client();

    @BeforeEach
    void freshNames(org.junit.jupiter.api.TestInfo test) {
        alice = gantry.client().as(gantry.token("submitter", "alice of " + test.getDisplayName()));
        bob = gantry.client().as(gantry.token("submitter", "bob of " + test.getDisplayName()));
        viewer = gantry.client().as(gantry.token("viewer", "viewer"));
    }

    @Test
    void a_task_shows_its_owner_who_alone_of_all_submitters_sees_it() {
        String hers = alice.create(aTask().named("hers").command("echo hers"));
        String his = bob.create(aTask().named("his"));

        assertThat(alice.task(hers).attribute("owner").asText()).startsWith("alice");
        assertThat(alice.get("/tasks").ids()).containsExactly(hers);
        assertThat(alice.get("/tasks").json().at("/meta/total").asInt()).isEqualTo(1);
        assertThat(alice.get("/runs?include=task").json().at("/included").findValuesAsText("title"))
                .containsExactly("hers");
        assertThat(alice.get("/runs").json().at("/meta/total").asInt()).isEqualTo(1);
        assertThat(viewer.get("/tasks").ids()).contains(hers, his);
        alice.awaitEnd(hers);
        assertThat(alice.logOfTask(hers)).isEqualTo("hers\n");
        assertThat(bob.get("/runs/" + alice.latestRunOf(hers) + "/logs").status())
                .isEqualTo(404);
    }

    @Test
    void a_second_token_of_the_same_owner_does_as_well() {
        String task = alice.create(aTask());
        String owner = alice.task(task).attribute("owner").asText();

        GantryClient again = gantry.client().as(gantry.token("submitter", owner));

        assertThat(again.task(task).status()).isEqualTo(200);
        assertThat(again.change(task, Map.of("title", "renamed")).status()).isEqualTo(200);
    }

    @Test
    void an_owner_can_not_be_chosen_or_changed() {
        Answer chosen = alice.post(aTask().with("owner", "bob"));
        String task = alice.create(aTask());
        Answer changed = alice.change(task, Map.of("owner", "bob"));

        assertThat(List.of(chosen.status(), changed.status())).containsOnly(422);
        assertThat(changed.json().at("/errors/0/source/pointer").asText()).isEqualTo("/data/attributes/owner");
    }

    @Test
    void an_idempotency_key_is_its_callers_own() {
        ClientRequest hers =
                request("POST", "/tasks").header("Idempotency-Key", "k").body(aTask().toJson());
        Answer first = alice.send(hers);
        Answer repeated = alice.send(hers);
        Answer his = bob.send(hers);

        assertThat(repeated.id()).isEqualTo(first.id());
        assertThat(his.status()).isEqualTo(201);
        assertThat(his.id()).isNotEqualTo(first.id());
    }

    @Test
    void an_old_answer_shows_nothing_of_a_foreign_task_that_has_the_id_by_now() {
        String id = UUID.randomUUID().toString();
        JsonNode body = aTask().image("never-there").with("pullPolicy", "never").toJson();
        ((ObjectNode) body.path("data")).put("id", id);
        ClientRequest hers = request("POST", "/tasks")
                .header("Idempotency-Key", "reborn")
                .header("Prefer", "wait=10")
                .body(body);
        assertThat(alice.send(hers).id()).isEqualTo(id);
        alice.delete("/tasks/" + id);
        ((ObjectNode) body.at("/data/attributes")).put("title", "his");
        assertThat(bob.post("/tasks", body).id()).isEqualTo(id);

        Answer again = alice.send(hers);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.attribute("owner").asText()).startsWith("alice");
        assertThat(again.text()).doesNotContain("\"his\"");
    }

    @Test
    void nobody_stores_more_than_his_share() {
        for (int i = 0; i < 3; i++) {
            alice.create(aTask());
        }
        Answer oneMore = alice.post(aTask());

        assertThat(oneMore.status()).isEqualTo(409);
        assertThat(oneMore.json().at("/errors/0/code").asText()).isEqualTo("task-limit-reached");
        assertThat(oneMore.json().at("/errors/0/detail").asText())
                .contains("share")
                .contains("3");
        assertThat(bob.post(aTask()).status()).isEqualTo(201);
    }

    @Test
    void what_is_asked_for_is_told_with_the_name() {
        String task = alice.create(aTask().command("sleep 60").stopGracePeriod("1s"));

        alice.cancelTask(task);

        assertThat(alice.awaitEnd(task).attribute("cancellation.requestedBy").asText())
                .startsWith("alice");
    }
}
