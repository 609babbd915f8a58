package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TheTaskLimitIsExactIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().maxTasks(10));

    private final GantryClient client = gantry.client();

    @Test
    void however_many_clients_race_for_the_last_places() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(20);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add(clients.submit(() -> client.post(aTask())));
        }
        List<Answer> refused = new ArrayList<>();
        List<String> stored = new ArrayList<>();
        for (Future<Answer> each : answers) {
            Answer answer = each.get(90, TimeUnit.SECONDS);
            if (answer.status() == 201) {
                stored.add(answer.id());
            } else {
                refused.add(answer);
            }
        }
        clients.shutdown();

        assertThat(stored).hasSize(10);
        refused.forEach(answer -> assertThat(answer).hasStatus(409).hasError("task-limit-reached"));
        assertThat(client.get("/tasks").json().at("/meta/total").asInt()).isEqualTo(10);

        client.awaitEnd(stored.get(0));
        assertThat(client.delete("/tasks/" + stored.get(0))).hasStatus(204);
        assertThat(client.post(aTask())).hasStatus(201);
        assertThat(client.post(aTask())).hasStatus(409);
    }
}
