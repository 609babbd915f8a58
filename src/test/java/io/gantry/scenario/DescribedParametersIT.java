package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DescribedParameters;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service itself tells which query parameters it takes, when it is asked with an unknown one. */
@TestInstance(Lifecycle.PER_CLASS)
final class DescribedParametersIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated());

    private GantryClient client = gantry.client();
    private String task = "";
    private String run = "";

    @BeforeAll
    void a_task() {
        client = gantry.client().as(gantry.token("admin", "root"));
        task = client.create(aTask());
        run = client.awaitEnd(task).id();
    }

    static Stream<DescribedParameters> operations() {
        return DescribedParameters.ofAllOperations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void are_those_that_the_service_takes(DescribedParameters operation) {
        String id = operation.template().startsWith("/runs") ? run : task;

        Answer answer =
                client.send(request(operation.method(), operation.template().replace("{id}", id) + "?colour=red"));

        assertThat(answer).hasStatus(400).hasError("invalid-parameter").at("colour");
        assertThat(possible(answer)).isEqualTo(operation.query());
    }

    private static Set<String> possible(Answer answer) {
        String detail = answer.json().at("/errors/0/detail").asText();
        String list = detail.substring(detail.indexOf("Possible: ") + 10, detail.length() - 1);
        return list.equals("none") ? Set.of() : new TreeSet<>(Set.of(list.split(", ", -1)));
    }
}
