package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TaskLimitIsExactIT {

    private static final int LIMIT = 10;
    private static final int CLIENTS = 40;

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(aGantry().maxTasks(LIMIT));

    private final GantryClient client = gantry.client();

    @Test
    void however_many_clients_race() throws Exception {
        List<Answer> answers = allAtOnce(() -> client.post(aTask()));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(LIMIT);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(refused -> assertThat(refused).hasStatus(409).hasError("task-limit-reached"));
        Answer list = client.get("/tasks");
        assertThat(list.json().at("/meta/total").asInt()).isEqualTo(LIMIT);
        assertThat(list.json().at("/meta/limit").asInt()).isEqualTo(LIMIT);

        String first = list.ids().get(LIMIT - 1);
        client.awaitEnd(first);
        client.delete("/tasks/" + first);
        assertThat(client.post(aTask())).hasStatus(201);
        assertThat(client.post(aTask())).hasStatus(409).hasError("task-limit-reached");
    }

    private static List<Answer> allAtOnce(Callable<Answer> act) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer :
                    clients.invokeAll(Stream.generate(() -> act).limit(CLIENTS).toList())) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            clients.shutdown();
        }
    }
}
